using SessionAuth.Api.Hosting;
using SessionAuth.Api.Import;
using SessionAuth.Hosting;
using SessionAuth.Settings;

try
{
    bool imports = args is [ImportCommand.Name, ..];
    if (!imports && NodeUsage.Answer(args) is { } exitCode)
        return exitCode;
    EnvironmentFile.Load();
    if (imports)
        return await ImportCommand.Run(args[1..]);
    await NodeProgram.Run(args);
    return 0;
}
catch (Exception e) when (StartProblem.Of(e) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}
