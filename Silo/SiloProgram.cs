using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionAuth.Hosting.Logging;
using SessionAuth.Mail;
using SessionAuth.Settings;

namespace SessionAuth.Silo;

/// <summary>A silo alone in its process: it hosts grains, and front ends elsewhere call them.</summary>
public static partial class SiloProgram
{
    /// <summary>Runs it until the process is asked to stop.</summary>
    /// <param name="args">The command line.</param>
    public static async Task Run(string[] args)
    {
        using IHost silo = Build(args);
        try
        {
            await silo.StartAsync();
        }
        catch (OperationCanceledException)
            when (silo
                    .Services.GetRequiredService<IHostApplicationLifetime>()
                    .ApplicationStopping.IsCancellationRequested
            )
        {
            // It was asked to stop while it waited for its database.
            return;
        }
        SayReady(silo.Services);
        await silo.WaitForShutdownAsync();
    }

    private static IHost Build(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        NodeLog.Add(builder);
        Deployment deployment = Deployment.Read(builder.Configuration);
        if (!deployment.IsCluster)
            throw new SettingsException(
                $"A silo alone needs {StorageProviders.ClusterSettings}: without a database nobody would find it."
            );
        builder.AddClusterSilo(deployment).AddClusterMail();
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
