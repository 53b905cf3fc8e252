using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Silo;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>Finds and moves the activations of sessions through the cluster, as Orleans' own tools do.</summary>
public sealed class ActivationControl : IAsyncDisposable
{
    private readonly IHost _client;
    private readonly IGrainFactory _grains;

    private ActivationControl(IHost client)
    {
        _client = client;
        _grains = client.Services.GetRequiredService<IGrainFactory>();
    }

    public static async Task<ActivationControl> Connect(RunningCluster cluster)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["MONGO_URL"] = cluster.Mongo.ConnectionString;
        builder.Configuration["MONGO_DATABASE"] = cluster.Nodes[0].Database;
        builder.AddClusterClient(Deployment.Read(builder.Configuration));
        IHost client = builder.Build();
        await client.StartAsync();
        return new(client);
    }

    /// <summary>The silo of a session's activation; null when it is not activated.</summary>
    public async Task<SiloAddress?> SiloOf(string session) =>
        await Management.GetActivationAddress(Grain(session));

    /// <summary>Removes a session from memory, as when it was not used for long.</summary>
    public async Task Deactivate(string session) => await Manage(session).DeactivateOnIdle();

    /// <summary>Moves a session to another silo.</summary>
    public async Task Migrate(string session, SiloAddress? from)
    {
        SiloAddress[] others =
        [
            .. (await Management.GetHosts(onlyActive: true)).Keys.Where(silo => !silo.Equals(from)),
        ];
        RequestContext.Set(
            IPlacementDirector.PlacementHintKey,
            others[Random.Shared.Next(others.Length)]
        );
        await Manage(session).MigrateOnIdle();
        RequestContext.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
    }

    private IManagementGrain Management => _grains.GetGrain<IManagementGrain>(0);

    private IGrain Grain(string session) => _grains.Session(SessionId.Parse(session));

    private IGrainManagementExtension Manage(string session) =>
        Grain(session).AsReference<IGrainManagementExtension>();
}
