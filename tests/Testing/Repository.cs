namespace SessionAuth.Testing;

public static class Repository
{
    /// <summary>The root directory of the repository.</summary>
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
