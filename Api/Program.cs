using SessionAuth.Api.Hosting;
using SessionAuth.Api.Import;
using SessionAuth.Silo.Hosting;

try
{
    EnvironmentFile.Load();
    if (args is [ImportCommand.Name, .. string[] rest])
        return await ImportCommand.Run(rest);
    await NodeProgram.Run(args);
    return 0;
}
catch (Exception e) when (StartProblem.Of(e) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}
