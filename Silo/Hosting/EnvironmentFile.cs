using DotNetEnv;
using Sprache;

namespace SessionAuth.Silo.Hosting;

/// <summary>Settings from a <c>.env</c> file in the working directory; the environment's own win.</summary>
public static class EnvironmentFile
{
    /// <summary>Reads the file, where there is one.</summary>
    /// <exception cref="SettingsException">The file is not what such a file is.</exception>
    public static void Load()
    {
        if (!File.Exists(Env.DEFAULT_ENVFILENAME))
            return;

        try
        {
            Env.NoClobber().Load();
        }
        catch (ParseException e)
        {
            // What it says quotes the file, and there are secrets in it.
            throw new SettingsException(
                $".env cannot be understood at line {e.Position.Line}, or at a quotation mark before it: "
                    + "each line is NAME=value, a comment, or empty."
            );
        }
    }
}
