using SessionAuth.Hosting;
using SessionAuth.Settings;

namespace SessionAuth.Silo;

// A class in a namespace: Api references this project and has a Program of its own.
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (SiloUsage.Answer(args) is { } exitCode)
                return exitCode;
            EnvironmentFile.Load();
            await SiloProgram.Run(args);
            return 0;
        }
        catch (Exception e) when (StartProblem.Of(e) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return 1;
        }
    }
}
