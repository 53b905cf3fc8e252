using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionAuth.Hosting.Logging;
using SessionAuth.Mail;
using SessionAuth.Settings;

namespace SessionAuth.Silo;

/// <summary>A process that is a silo without a front end: the front ends of other processes call its grains.</summary>
public static partial class SiloProgram
{
    /// <summary>Whether the settings ask for a silo without a front end.</summary>
    /// <param name="args">The command line.</param>
    public static bool IsAskedFor(string[] args) =>
        Deployment
            .Read(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build())
            .IsSilo;

    /// <summary>Runs the silo until the process is asked to stop.</summary>
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
            // The process was stopped while it waited for the database.
            return;
        }
        ReportReady(silo.Services);
        await silo.WaitForShutdownAsync();
    }

    private static IHost Build(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        NodeLog.Add(builder);
        Deployment deployment = Deployment.Read(builder.Configuration);
        if (!deployment.IsCluster)
            throw new SettingsException(
                $"A silo without a front end requires {StorageProviders.ClusterSettings}: front ends find it by the shared database."
            );
        builder.AddClusterSilo(deployment).AddClusterMail();
        return builder.Build();
    }

    private static void ReportReady(IServiceProvider services)
    {
        LogReady(services.GetRequiredService<ILogger<NodeLog>>());
        services.GetRequiredService<NodeLog>().NodeHasStarted();
    }

    [LoggerMessage(1, LogLevel.Information, "The silo is ready")]
    private static partial void LogReady(ILogger logger);
}
