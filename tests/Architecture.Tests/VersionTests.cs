using System.Text.Json;

namespace SessionAuth.Architecture.Tests;

/// <summary>Minimum versions without known vulnerabilities.</summary>
public sealed class VersionTests
{
    private static readonly string s_root = Repository.Root;

    public static TheoryData<string, string> MinimumVersions =>
        new()
        {
            { "Microsoft.AspNetCore.DataProtection", "10.0.7" },
            { "MailKit", "4.16.0" },
            { "MongoDB.Driver", "3.14.0" },
        };

    [Theory(DisplayName = "S-58 No project locks a package below its minimum version")]
    [MemberData(nameof(MinimumVersions))]
    public void No_project_locks_a_package_below_its_minimum_version(string package, string minimum)
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
                    version => Assert.True(version >= Version.Parse(minimum))
                )
        );
    }

    [Fact(DisplayName = "S-58 Runtime is not below its minimum version")]
    public void Runtime_is_not_below_its_minimum_version() =>
        Assert.True(Environment.Version >= new Version(10, 0, 7), $"{Environment.Version}");

    [Fact(DisplayName = "S-58 Every project is locked and audited")]
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
}
