using SessionAuth.Silo.Clustering;
using SessionAuth.Silo.Hosting;

namespace SessionAuth.Api.Hosting;

/// <summary>The process: a node, and another in its place when its cluster has given its silo up.</summary>
internal static class NodeProgram
{
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args)
    {
        if (IsSiloAlone(args))
            return await SiloProgram.Run(args);

        bool again;
        do
        {
            await using WebApplication node = Node.Build(args);
            await node.StartAsync();
            node.SayReady();
            await node.WaitForShutdownAsync();
            again = node.Services.GetService<Rejoining>() is { IsWanted: true };
        } while (again);
        return 0;
    }

    private static bool IsSiloAlone(string[] args) =>
        new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build()
            .ClusterSettings()
            .Role == "silo";
}
