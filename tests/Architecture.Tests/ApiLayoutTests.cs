using System.Text.RegularExpressions;
using SessionAuth.OpenId.Hosting;

namespace SessionAuth.Architecture.Tests;

/// <summary>The front end's folders and the dependencies between them.</summary>
public sealed partial class ApiLayoutTests
{
    private static readonly string s_root = Repository.Root;

    private static readonly string[] s_files =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(s_root, "Api"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !InBuildOutput().IsMatch(file)),
    ];

    private static readonly string[] s_ofApplications =
    [
        OpenIdPaths.Authorize,
        OpenIdPaths.Token,
        OpenIdPaths.Introspect,
        OpenIdPaths.Revoke,
        OpenIdPaths.UserInfo,
        OpenIdPaths.Logout,
        OpenIdPaths.Discovery,
        OpenIdPaths.Metadata,
        OpenIdPaths.Keys,
        // At the hosts of applications, which Api/Proxied/ answers.
        "/.sessionauth/sign-in",
        "/.sessionauth/callback",
        "/.sessionauth/sign-out",
        "/.sessionauth/user",
        "/.sessionauth/events",
    ];

    private static readonly string[] s_calls =
    [
        .. Row()
            .Matches(File.ReadAllText(Path.Combine(s_root, "docs", "api.md")))
            .Select(row => $"{row.Groups["method"].Value} {row.Groups["path"].Value}")
            .Where(call => !call.Contains("/healthz/", StringComparison.Ordinal))
            // The calls of applications are each mapped in one file for all of them.
            .Where(call =>
                !s_ofApplications.Any(path => call.EndsWith(path, StringComparison.Ordinal))
            )
            .Distinct(),
    ];

    public static TheoryData<string> Calls => [.. s_calls];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Each_documented_call_has_a_file_of_its_own(string call)
    {
        string[] files = [.. s_files.Where(file => CallsIn(file).Contains(call))];

        string file = Assert.Single(files);
        Assert.Single(CallsIn(file));
        Assert.Contains($"<c>{call}</c>", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Documentation_has_a_row_for_each_call()
    {
        Assert.True(s_calls.Length > 30);
        Assert.Empty(s_files.SelectMany(CallsIn).Except(s_calls));
    }

    [Fact]
    public void Documentation_has_a_row_for_each_call_of_applications()
    {
        string[] documented =
        [
            .. Row()
                .Matches(File.ReadAllText(Path.Combine(s_root, "docs", "api.md")))
                .Select(row => row.Groups["path"].Value),
        ];

        Assert.Empty(s_ofApplications.Except(documented));
    }

    [Fact]
    public void Namespaces_of_the_front_end_have_no_cyclic_dependencies()
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
            // The composition root uses everything.
            .Where(use => use.From.Length > 0)
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
