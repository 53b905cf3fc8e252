using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;
using SessionAuth.Api.Settings;
using SessionAuth.Hosting.Logging;
using SessionAuth.Settings;
using SessionAuth.Silo;

namespace SessionAuth.Api.Hosting;

/// <summary>A node without its front end: for a command that calls the grains, and ends. Disposing it stops it in order.</summary>
internal sealed class HeadlessNode : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo? _temporary;
    private bool _started;

    private HeadlessNode(IHost host, DirectoryInfo? temporary)
    {
        _host = host;
        _temporary = temporary;
    }

    public IServiceProvider Services => _host.Services;

    /// <summary>Cancelled when the process is asked to stop.</summary>
    public CancellationToken Stopping =>
        Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <param name="readOnly">Whether the command writes nothing: then no data is made where there is none yet.</param>
    /// <exception cref="SettingsException">A setting is not fit to start with.</exception>
    public static HeadlessNode Build(bool readOnly)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        NodeLog.Add(builder);
        // Standard output is the command's own.
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

    /// <summary>Starts it; false when it was asked to stop while it waited for its database.</summary>
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
        string data = builder.Configuration["DATA_DIR"] ?? new ApiSettings().DataDirectory;
        if (readOnly && !Directory.Exists(data))
        {
            temporary = Directory.CreateTempSubdirectory("sessionauth-");
            builder.Configuration["DATA_DIR"] = temporary.FullName;
        }

        builder.Configuration.ReadSettings(embedded: true);
        // A command goes through very many grains, once each.
        builder.Services.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromSeconds(5);
            options.CollectionAge = TimeSpan.FromSeconds(15);
        });
        return temporary;
    }

    // A node on this machine may use the ports that both derive from the settings.
    private static void UseFreePorts(ClusterSettings settings)
    {
        if (settings.Network != "loopback")
            return;
        settings.SiloPort ??= FreePort();
        settings.GatewayPort ??= FreePort();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
