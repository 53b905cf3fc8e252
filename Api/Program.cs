using SessionAuth.Api.Hosting;
using SessionAuth.Silo.Hosting;

try
{
    EnvironmentFile.Load();
    return await NodeProgram.Run(args);
}
catch (Exception e) when (StartProblem.Of(e) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}
