using System.Text.RegularExpressions;

namespace SessionAuth.Architecture.Tests;

/// <summary>The front end's folders: where a call is found, and what may use what.</summary>
public sealed partial class ApiLayoutTests
{
    private static readonly string s_root = VersionTests.Root();

    private static readonly string[] s_files =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(s_root, "Api"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !InBuildOutput().IsMatch(file)),
    ];

    private static readonly string[] s_calls =
    [
        .. Row()
            .Matches(File.ReadAllText(Path.Combine(s_root, "README.md")))
            .Select(row => $"{row.Groups["method"].Value} {row.Groups["path"].Value}")
            .Where(call => !call.Contains("/healthz/", StringComparison.Ordinal))
            .Distinct(),
    ];

    public static TheoryData<string> Calls => [.. s_calls];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Each_call_of_the_readme_has_a_file_of_its_own(string call)
    {
        string[] files = [.. s_files.Where(file => CallsIn(file).Contains(call))];

        string file = Assert.Single(files);
        Assert.Single(CallsIn(file));
        Assert.Contains($"<c>{call}</c>", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_has_a_row_for_each_call()
    {
        Assert.True(s_calls.Length > 30);
        Assert.Empty(s_files.SelectMany(CallsIn).Except(s_calls));
    }

    [Fact]
    public void No_two_namespaces_of_the_front_end_use_each_other()
    {
        ILookup<string, string> uses = s_files
            .Select(File.ReadAllText)
            .SelectMany(text =>
                Using()
                    .Matches(text)
                    .Select(used =>
                        (
                            From: Namespace().Match(text).Groups["name"].Value,
                            To: used.Groups["name"].Value
                        )
                    )
            )
            // The program's own start uses everything.
            .Where(use => use.From.Length > 0)
            // The usage that the program prints names its other command.
            .Where(use => use.To != "SessionAuth.Api.Import")
            .Distinct()
            .ToLookup(use => use.From, use => use.To);

        string[] inCycles =
        [
            .. uses.Select(group => group.Key).Where(name => Reaches(name, name, [])).Order(),
        ];

        Assert.Empty(inCycles);

        bool Reaches(string from, string wanted, HashSet<string> seen) =>
            uses[from].Any(to => to == wanted || (seen.Add(to) && Reaches(to, wanted, seen)));
    }

    private static IEnumerable<string> CallsIn(string file) =>
        Mapping()
            .Matches(File.ReadAllText(file))
            .Select(map =>
                $"{map.Groups["method"].Value.ToUpperInvariant()} {map.Groups["path"].Value}"
            );

    // A row names one call, or several with commas between.
    [GeneratedRegex(
        @"(?<=^\|(?: [^|]*,)? )`(?<method>GET|POST|PUT|PATCH|DELETE) (?<path>/[^`]+)`",
        RegexOptions.Multiline
    )]
    private static partial Regex Row();

    [GeneratedRegex(@"\.Map(?<method>Get|Post|Put|Patch|Delete)\(\s*""(?<path>/[^""]+)""")]
    private static partial Regex Mapping();

    [GeneratedRegex(@"^using (?<name>SessionAuth\.Api[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex InBuildOutput();
}
