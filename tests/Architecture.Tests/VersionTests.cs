using System.Text.Json;

namespace SessionAuth.Architecture.Tests;

/// <summary>Versions below which there are known flaws.</summary>
public sealed class VersionTests
{
    private static readonly string s_root = Root();

    public static TheoryData<string, string> Floors =>
        new()
        {
            { "Microsoft.AspNetCore.DataProtection", "10.0.7" },
            { "MailKit", "4.16.0" },
            { "MongoDB.Driver", "3.14.0" },
        };

    [Theory(DisplayName = "S-58 No project locks a package below its floor")]
    [MemberData(nameof(Floors))]
    public void No_project_locks_a_package_below_its_floor(string package, string floor)
    {
        string[] locks = Directory.GetFiles(
            s_root,
            "packages.lock.json",
            SearchOption.AllDirectories
        );
        Assert.NotEmpty(locks);
        Assert.All(
            locks,
            file =>
                Assert.All(
                    Locked(file, package),
                    version => Assert.True(version >= Version.Parse(floor))
                )
        );
    }

    [Fact(
        DisplayName = "S-58 The runtime, which brings data protection and Kestrel, is not below its floor"
    )]
    public void The_runtime_is_not_below_its_floor() =>
        Assert.True(Environment.Version >= new Version(10, 0, 7), $"{Environment.Version}");

    [Fact(DisplayName = "S-58 Every project is locked, and the registry is asked for known flaws")]
    public void Every_project_is_locked_and_audited()
    {
        string[] projects = Directory.GetFiles(s_root, "*.csproj", SearchOption.AllDirectories);
        Assert.All(
            projects,
            project =>
                Assert.True(
                    File.Exists(
                        Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")
                    ),
                    project
                )
        );
        Assert.Contains(
            "<NuGetAudit>true</NuGetAudit>",
            File.ReadAllText(Path.Combine(s_root, "Directory.Build.props")),
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<Version> Locked(string file, string package)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (
            JsonProperty framework in document
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
        )
        {
            if (
                framework.Value.TryGetProperty(package, out JsonElement found)
                && found.TryGetProperty("resolved", out JsonElement resolved)
            )
                yield return Version.Parse(resolved.GetString()!.Split('-')[0]);
        }
    }

    internal static string Root()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "SessionAuth.sln")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
