using SessionAuth.Silo;

namespace SessionAuth.Api.Hosting;

/// <summary>The process: a node, or a silo alone.</summary>
internal static class NodeProgram
{
    /// <summary>Runs it until the process is asked to stop.</summary>
    /// <param name="args">The command line.</param>
    public static async Task Run(string[] args)
    {
        if (IsSiloAlone(args))
        {
            await SiloProgram.Run(args);
            return;
        }

        await using WebApplication node = Node.Build(args);
        try
        {
            await node.StartAsync();
        }
        catch (OperationCanceledException)
            when (node.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // It was asked to stop while it waited for its database.
            return;
        }
        node.SayReady();
        await node.WaitForShutdownAsync();
    }

    private static bool IsSiloAlone(string[] args) =>
        Deployment
            .Read(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build())
            .IsSilo;
}
