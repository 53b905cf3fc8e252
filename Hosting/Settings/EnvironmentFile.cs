namespace SessionAuth.Silo.Hosting;

/// <summary>Settings from a <c>.env</c> file in the working directory; the environment's own win.</summary>
public static class EnvironmentFile
{
    private const string FileName = ".env";

    /// <summary>Reads the file, where there is one.</summary>
    /// <exception cref="SettingsException">The file is not what such a file is.</exception>
    public static void Load()
    {
        if (!File.Exists(FileName))
            return;

        foreach ((string name, string value) in DotEnv.Parse(File.ReadAllText(FileName)))
        {
            if (Environment.GetEnvironmentVariable(name) is null)
                Environment.SetEnvironmentVariable(name, value);
        }
    }
}
