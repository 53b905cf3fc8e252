using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;
using SessionAuth.Clustering.Endpoints;
using SessionAuth.Hosting.Logging;
using SessionAuth.Settings;
using SessionAuth.Settings.Secrets;
using SessionAuth.Silo;

namespace SessionAuth.Cli.Hosting;

/// <summary>The host of a command: a node without a front end. Disposing it shuts it down gracefully.</summary>
internal sealed class CommandHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo? _temporary;
    private bool _started;

    private CommandHost(IHost host, DirectoryInfo? temporary)
    {
        _host = host;
        _temporary = temporary;
    }

    public IServiceProvider Services => _host.Services;

    /// <summary>Cancelled when the process receives a signal to stop.</summary>
    public CancellationToken Stopping =>
        Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <param name="readOnly">If true, a missing data directory is not created.</param>
    /// <exception cref="SettingsException">A setting is not valid.</exception>
    public static CommandHost Build(bool readOnly)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        NodeLog.Add(builder);
        // Standard output is for the command's result.
        builder.Services.Configure<ConsoleLoggerOptions>(options =>
            options.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.Logging.AddFilter("SessionAuth", LogLevel.Warning);
        builder.Services.TryAddSingleton(TimeProvider.System);
        Deployment deployment = Deployment.Read(builder.Configuration);
        DirectoryInfo? temporary = null;
        if (!deployment.IsCluster)
            temporary = PrepareEmbedded(builder, readOnly);
        else if (!deployment.IsClient)
            UseFreePorts(deployment.Cluster);
        builder.AddOrleans(deployment);
        return new(builder.Build(), temporary);
    }

    /// <summary>Starts the host; false when the process was stopped while it waited for the database.</summary>
    public async Task<bool> TryStart()
    {
        try
        {
            await _host.StartAsync();
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            return false;
        }

        _started = true;
        Services.GetRequiredService<NodeLog>().NodeHasStarted();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_started)
            await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _temporary?.Delete(recursive: true);
    }

    private static DirectoryInfo? PrepareEmbedded(HostApplicationBuilder builder, bool readOnly)
    {
        DirectoryInfo? temporary = null;
        DataSettings data = builder.Configuration.Read(new DataSettingsValidator());
        if (readOnly && !Directory.Exists(data.Directory))
        {
            temporary = Directory.CreateTempSubdirectory("sessionauth-");
            builder.Configuration.AddInMemoryCollection([new("DATA_DIR", temporary.FullName)]);
        }

        builder.Configuration.AddKeptSecrets();
        // A command calls very many grains once each: they are deactivated early to save memory.
        builder.Services.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromSeconds(5);
            options.CollectionAge = TimeSpan.FromSeconds(15);
        });
        return temporary;
    }

    // The default ports may be in use by a node on this machine.
    private static void UseFreePorts(ClusterSettings settings)
    {
        if (settings.Network != ClusterNetwork.Loopback)
            return;
        settings.SiloPort ??= FreePort.Find();
        settings.GatewayPort ??= FreePort.Find();
    }
}
