using SessionAuth.Hosting;
using SessionAuth.Settings;

namespace SessionAuth.Silo;

// With a name of its own: the front end, which refers to this program, is one too.
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
