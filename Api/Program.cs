using SessionAuth.Api.Hosting;

try
{
    EnvironmentFile.Load();
    await using WebApplication node = Node.Build(args);
    await node.StartAsync();
    node.SayReady();
    await node.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (StartProblem.Of(e) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}
