using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;
using SessionAuth.Api.Settings;
using SessionAuth.Silo.Clustering;
using SessionAuth.Silo.Embedded;
using SessionAuth.Silo.Hosting;

namespace SessionAuth.Api.Hosting;

/// <summary>A node without its front end: for a command that calls the grains, and ends.</summary>
internal static class HeadlessNode
{
    /// <exception cref="SettingsException">A setting is not fit to start with.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is not fit to start with.</exception>
    public static IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        NodeLog.Add(builder);
        // Standard output is the command's own.
        builder.Services.Configure<ConsoleLoggerOptions>(options =>
            options.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.Services.TryAddSingleton(TimeProvider.System);
        ClusterSettings cluster = builder.Configuration.ClusterSettings();
        if (!cluster.IsCluster)
            AddEmbedded(builder);
        else if (cluster.Role == "client")
            builder.AddClusterClient(cluster);
        else
            builder.AddClusterSilo(BesideANode(cluster));
        return builder.Build();
    }

    /// <summary>Starts it; false when it was asked to stop while it waited for its database.</summary>
    public static async Task<bool> TryStart(this IHost node)
    {
        try
        {
            await node.StartAsync();
        }
        catch (OperationCanceledException) when (node.Stopping().IsCancellationRequested)
        {
            return false;
        }

        node.Services.GetRequiredService<NodeLog>().NodeHasStarted();
        return true;
    }

    /// <summary>Cancelled when the process is asked to stop.</summary>
    public static CancellationToken Stopping(this IHost node) =>
        node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    private static void AddEmbedded(HostApplicationBuilder builder)
    {
        builder.AddEmbeddedSilo();
        // A command goes through very many grains, once each.
        builder.Services.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromSeconds(5);
            options.CollectionAge = TimeSpan.FromSeconds(15);
        });
    }

    // A node on this machine has the ports that the settings give both.
    private static ClusterSettings BesideANode(ClusterSettings settings)
    {
        if (settings.Network == "loopback")
        {
            settings.SiloPort ??= FreePort();
            settings.GatewayPort ??= FreePort();
        }

        return settings;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
