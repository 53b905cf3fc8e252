using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SessionAuth.Clustering.Endpoints;
using SessionAuth.Grains;

namespace SessionAuth.Silo;

/// <summary>The silo of an embedded node, which has no peers.</summary>
internal static class EmbeddedSilo
{
    /// <summary>Adds the silo.</summary>
    internal static IHostApplicationBuilder AddEmbeddedSilo(
        this IHostApplicationBuilder builder,
        Deployment deployment
    )
    {
        builder.Services.AddSessionAuthGrains(builder.Configuration);
        return builder.UseOrleans(silo =>
        {
            deployment.Storage.AddTo(silo, StorageProviders.States);
            // Orleans needs endpoints even without peers: they are on loopback.
            silo.UseLocalhostClustering(siloPort: FreePort.Find(), gatewayPort: 0)
                .BoundDirectoryCache()
                .Configure<GrainCollectionOptions>(options =>
                    options.EnableActivationSheddingOnMemoryPressure = true
                )
                // Without peers the join cannot time out; a clock that jumps during the start would only look like it.
                .Configure<ClusterMembershipOptions>(options =>
                    options.EvictWhenMaxJoinAttemptTimeExceeded = false
                );
        });
    }
}
