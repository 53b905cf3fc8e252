namespace SessionAuth.Settings;

/// <summary>Settings from a <c>.env</c> file in the working directory. The environment takes precedence.</summary>
public static class EnvironmentFile
{
    private const string FileName = ".env";

    /// <summary>Loads the file, if there is one.</summary>
    /// <exception cref="SettingsException">The file is not valid.</exception>
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
