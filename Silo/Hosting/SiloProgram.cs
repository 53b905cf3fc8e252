using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionAuth.Silo.Clustering;

namespace SessionAuth.Silo.Hosting;

/// <summary>A silo alone in its process: it hosts grains, and front ends elsewhere call them.</summary>
public static partial class SiloProgram
{
    /// <summary>Runs silos, one after another as each is given up by its cluster, until the process is asked to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args)
    {
        do
        {
            using IHost silo = Build(args);
            await silo.StartAsync();
            SayReady(silo.Services);
            await silo.WaitForShutdownAsync();
            if (silo.Services.GetRequiredService<Rejoining>().IsWanted)
                continue;
            return 0;
        } while (true);
    }

    private static IHost Build(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        NodeLog.Add(builder);
        ClusterSettings settings = builder.Configuration.ClusterSettings();
        if (!settings.IsCluster)
            throw new SettingsException(
                "A silo alone needs MONGO_URL: without a database nobody would find it."
            );
        builder.AddClusterSilo(settings);
        return builder.Build();
    }

    private static void SayReady(IServiceProvider services)
    {
        LogReady(services.GetRequiredService<ILogger<NodeLog>>());
        services.GetRequiredService<NodeLog>().NodeHasStarted();
    }

    [LoggerMessage(1, LogLevel.Information, "The silo is ready")]
    private static partial void LogReady(ILogger logger);
}
