using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SessionAuth.Clustering;
using SessionAuth.Grains;

namespace SessionAuth.Silo;

/// <summary>Makes a process a silo of a cluster, or a client of one.</summary>
public static class ClusterRegistration
{
    /// <summary>Adds an embedded silo, a silo of a cluster or a client of one, as the deployment says.</summary>
    public static IHostApplicationBuilder AddOrleans(
        this IHostApplicationBuilder builder,
        Deployment deployment
    ) =>
        deployment.IsClient ? builder.AddClusterClient(deployment)
        : deployment.IsCluster ? builder.AddClusterSilo(deployment)
        : builder.AddEmbeddedSilo(deployment);

    /// <summary>
    /// Adds a silo with shared storage and membership, which answers only while its fence is open.
    /// </summary>
    internal static IHostApplicationBuilder AddClusterSilo(
        this IHostApplicationBuilder builder,
        Deployment deployment
    )
    {
        builder.AddCluster(deployment.Cluster).Services.AddSessionAuthGrains(builder.Configuration);
        return builder.UseOrleans(silo =>
        {
            deployment.Storage.AddTo(silo, StorageProviders.States);
            silo.BoundDirectoryCache()
                .Configure<GrainCollectionOptions>(options =>
                    options.EnableActivationSheddingOnMemoryPressure = true
                )
                .UseFencedMembership();
        });
    }

    /// <summary>Adds a client, which calls the grains of a cluster without hosting any.</summary>
    public static IHostApplicationBuilder AddClusterClient(
        this IHostApplicationBuilder builder,
        Deployment deployment
    ) =>
        builder
            .AddCluster(deployment.Cluster)
            .UseOrleansClient(client =>
            {
                deployment.Storage.AddTo(client);
                client.UseClusterTimings();
            });
}
