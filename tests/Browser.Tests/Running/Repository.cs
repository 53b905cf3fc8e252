namespace SessionAuth.Browser.Tests.Running;

internal static class Repository
{
    /// <summary>Where the solution is.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "SessionAuth.sln")))
            directory =
                Path.GetDirectoryName(directory)
                ?? throw new InvalidOperationException("SessionAuth.sln is in no directory above.");
        return directory;
    }
}
