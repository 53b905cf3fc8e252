using SessionAuth.Api.Hosting;
using SessionAuth.Cli;
using SessionAuth.Hosting;
using SessionAuth.Settings;
using SessionAuth.Silo;

// Runs a command, a silo alone, or a node, which is composed in Hosting/Node.cs.
try
{
    if (await Commands.Run(args) is { } commandEnded)
        return commandEnded;
    if (NodeUsage.Answer(args) is { } answered)
        return answered;

    EnvironmentFile.Load();
    if (SiloProgram.IsAskedFor(args))
        await SiloProgram.Run(args);
    else
        await Node.Run(args);
    return 0;
}
catch (Exception e) when (StartProblem.Of(e) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}
