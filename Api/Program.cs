using SessionAuth.Api.Hosting;
using SessionAuth.Silo.Hosting;

try
{
    EnvironmentFile.Load();
    await NodeProgram.Run(args);
    return 0;
}
catch (Exception e) when (StartProblem.Of(e) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}
