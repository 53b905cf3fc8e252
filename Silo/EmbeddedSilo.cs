using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SessionAuth.Grains;
using SessionAuth.Grains.Storage;
using SessionAuth.Providers.Sqlite;
using SessionAuth.Settings;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Silo;

/// <summary>A cluster of one silo inside the process that asks for it, with its storage in a file.</summary>
public static class EmbeddedSilo
{
    /// <summary>Adds the silo. Its settings come from the configuration: <c>DATA_DIR</c> and the rules of the grains.</summary>
    /// <exception cref="SettingsException">The secrets for stored data are not fit to start with.</exception>
    public static IHostApplicationBuilder AddEmbeddedSilo(this IHostApplicationBuilder builder)
    {
        SecretStrength.Read("DATA_KEYS", builder.Configuration["DATA_KEYS"]);
        builder.Services.AddSessionAuthGrains(builder.Configuration);
        builder.Services.AddSingleton<IWriteFailures, WriteFailures>();
        return builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0)
                .BoundDirectoryCache()
                .Configure<GrainCollectionOptions>(options =>
                    options.EnableActivationSheddingOnMemoryPressure = true
                )
                // There are no others to give up on: a clock that jumps while the node starts must not have it take itself
                // for a silo that was too slow to join.
                .Configure<ClusterMembershipOptions>(options =>
                    options.EvictWhenMaxJoinAttemptTimeExceeded = false
                )
                .AddSqliteGrainStorage(
                    GrainStorageNames.Provider,
                    options =>
                    {
                        options.DataDirectory = builder.Configuration["DATA_DIR"]
                            is { Length: > 0 } directory
                            ? directory
                            : options.DataDirectory;
                        options.KeyGenerator = GrainStorageNames.Key;
                        options.Model = GrainStates.Model;
                    }
                )
        );
    }

    // The silo listens on loopback for peers that never come; a fixed port would be in the way of another.
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
