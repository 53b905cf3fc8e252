using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Clustering;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains;
using SessionAuth.Grains.Storage;
using SessionAuth.Settings;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Silo;

/// <summary>Makes a process a silo of a cluster, or a client of one.</summary>
public static class ClusterRegistration
{
    /// <summary>Adds what the deployment asks for: the one silo of a node that is alone, a silo of a cluster, or a client.</summary>
    /// <exception cref="SettingsException">The secrets for stored data are not fit to start with.</exception>
    public static IHostApplicationBuilder AddOrleans(
        this IHostApplicationBuilder builder,
        Deployment deployment
    ) =>
        deployment.IsClient ? builder.AddClusterClient(deployment)
        : deployment.IsCluster ? builder.AddClusterSilo(deployment)
        : builder.AddEmbeddedSilo(deployment);

    /// <summary>
    /// Adds a silo that keeps its grains in the shared storage and finds the other silos there, behind the fence.
    /// </summary>
    /// <exception cref="SettingsException">The secrets for stored data are not fit to start with.</exception>
    internal static IHostApplicationBuilder AddClusterSilo(
        this IHostApplicationBuilder builder,
        Deployment deployment
    )
    {
        ClusterSettings settings = deployment.Cluster;
        ClusterTimings timings = builder.AddClusterTimings();
        SecretStrength.Read("DATA_KEYS", builder.Configuration["DATA_KEYS"]);
        builder.Services.AddSessionAuthGrains(builder.Configuration);
        builder.Services.AddSingleton<IWriteFailures, WriteFailures>();
        builder.Services.AddSingleton(Options.Create(settings));
        builder.Services.AddSingleton<IConfigureOptions<EndpointOptions>, ConfigureSiloEndpoints>();
        return builder.UseOrleans(silo =>
        {
            deployment.Storage.AddTo(silo, StorageProviders.States);
            silo.Configure<ClusterOptions>(options => Name(options, settings))
                .BoundDirectoryCache()
                .Configure<GrainCollectionOptions>(options =>
                    options.EnableActivationSheddingOnMemoryPressure = true
                )
                .UseFencedMembership(timings);
        });
    }

    /// <summary>Adds a client, which calls the grains of a cluster and hosts none.</summary>
    public static IHostApplicationBuilder AddClusterClient(
        this IHostApplicationBuilder builder,
        Deployment deployment
    )
    {
        ClusterSettings settings = deployment.Cluster;
        ClusterTimings timings = builder.AddClusterTimings();
        builder.Services.AddSingleton(Options.Create(settings));
        return builder.UseOrleansClient(client =>
        {
            deployment.Storage.AddTo(client);
            client
                .Configure<ClusterOptions>(options => Name(options, settings))
                .UseClusterTimings(timings);
        });
    }

    private static void Name(ClusterOptions options, ClusterSettings settings)
    {
        options.ClusterId = settings.ClusterId;
        options.ServiceId = settings.ServiceId;
    }
}
