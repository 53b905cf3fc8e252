using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SessionAuth.Grains;
using SessionAuth.Grains.Storage;
using SessionAuth.Settings;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Silo;

/// <summary>A silo that is alone, for a node whose storage nobody shares.</summary>
internal static class EmbeddedSilo
{
    /// <summary>Adds the silo. Its settings come from the configuration: <c>DATA_DIR</c> and the rules of the grains.</summary>
    /// <exception cref="SettingsException">The secrets for stored data are not fit to start with.</exception>
    internal static IHostApplicationBuilder AddEmbeddedSilo(
        this IHostApplicationBuilder builder,
        Deployment deployment
    )
    {
        SecretStrength.Read("DATA_KEYS", builder.Configuration["DATA_KEYS"]);
        builder.Services.AddSessionAuthGrains(builder.Configuration);
        builder.Services.AddSingleton<IWriteFailures, WriteFailures>();
        return builder.UseOrleans(silo =>
        {
            deployment.Storage.AddTo(silo, StorageProviders.States);
            silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0)
                .BoundDirectoryCache()
                .Configure<GrainCollectionOptions>(options =>
                    options.EnableActivationSheddingOnMemoryPressure = true
                )
                // There are no others to give up on: a clock that jumps while the node starts must not have it take itself
                // for a silo that was too slow to join.
                .Configure<ClusterMembershipOptions>(options =>
                    options.EvictWhenMaxJoinAttemptTimeExceeded = false
                );
        });
    }

    // The silo listens on loopback for peers that never come; a fixed port would be in the way of another.
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
