namespace SessionAuth.Testing.Programs;

/// <summary>The applications and the npm packages that the tests of the provider run, which are not ours.</summary>
public static class ClientPackages
{
    private static readonly TimeSpan s_within = TimeSpan.FromMinutes(3);

    /// <summary>Where they are.</summary>
    public static string Folder { get; } =
        Path.Combine(Repository.Root, "tests", "OpenId.Tests", "clients");

    /// <summary>A file of one of the packages.</summary>
    public static string FileOf(string package, string path) =>
        Path.Combine(Folder, "node_modules", package, path);

    /// <summary>Installs the locked versions of the packages, unless they are there.</summary>
    public static async Task Install()
    {
        string installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        string locked = Path.Combine(Folder, "package-lock.json");
        if (
            File.Exists(installed)
            && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(locked)
        )
            return;

        await using RunningProgram npm = RunningProgram.Start(
            "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            Folder,
            new Dictionary<string, string>()
        );
        await npm.Ends(s_within);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException(npm.Output);
    }
}
