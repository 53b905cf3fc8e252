using DotNetEnv;

namespace SessionAuth.Api.Hosting;

/// <summary>Settings from a <c>.env</c> file in the working directory; the environment's own win.</summary>
internal static class EnvironmentFile
{
    public static void Load()
    {
        if (File.Exists(Env.DEFAULT_ENVFILENAME))
            Env.NoClobber().Load();
    }
}
