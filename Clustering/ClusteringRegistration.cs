using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Clustering.Calls;
using SessionAuth.Clustering.Endpoints;
using SessionAuth.Clustering.Eviction;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Settings;

namespace SessionAuth.Clustering;

/// <summary>
/// Adds what keeps each grain to one activation in a cluster whose silos fail, pause and are partitioned.
/// </summary>
public static class ClusteringRegistration
{
    /// <summary>
    /// Adds the identity and timings of the cluster that a silo or client belongs to, and retries for calls whose silo
    /// stopped or died.
    /// </summary>
    public static IHostApplicationBuilder AddCluster(
        this IHostApplicationBuilder builder,
        ClusterSettings settings
    )
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder
            .Services.AddSettings<ClusterTimings, ClusterTimingsValidator>(builder.Configuration)
            .AddSingleton(Options.Create(settings))
            .AddSingleton<IOutgoingGrainCallFilter, RepeatedCalls>()
            .Configure<ClusterOptions>(options =>
                (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ServiceId)
            );
        return builder;
    }

    /// <summary>
    /// Makes the silo answer only while it is confirmed, and take over the grains of a dead silo only once that silo
    /// has certainly stopped answering. A silo that the cluster evicts restarts its process.
    /// </summary>
    /// <param name="silo">A silo whose membership table is registered already.</param>
    public static ISiloBuilder UseFencedMembership(this ISiloBuilder silo)
    {
        IServiceCollection services = silo.Services;
        services.AddSingleton<IConfigureOptions<EndpointOptions>, ConfigureSiloEndpoints>();
        services
            .AddOptions<ClusterMembershipOptions>()
            .Configure<IOptions<ClusterTimings>>(
                (options, timings) => Time(options, timings.Value)
            );
        services
            .AddOptions<GrainDirectoryOptions>()
            .Configure<IOptions<ClusterTimings>>(
                (options, timings) => options.RangeLeaseDuration = timings.Value.Hold
            );
        services
            .AddOptions<SiloMessagingOptions>()
            .Configure<IOptions<ClusterTimings>>(
                (options, timings) => options.ResponseTimeout = timings.Value.ResponseTimeout
            );
        services
            .AddOptions<GrainCollectionOptions>()
            .Configure<IOptions<ClusterTimings>>(
                (options, timings) => options.ActivationTimeout = timings.Value.ActivationTimeout
            );
#pragma warning disable ORLEANSEXP003 // The only directory that keeps one activation per grain while membership changes.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.AddFence();
        services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, RestartOnEviction>());
        return silo;
    }

    /// <summary>Sets a client's timeouts to what its cluster may need to replace a dead silo.</summary>
    public static IClientBuilder UseClusterTimings(this IClientBuilder client)
    {
        client
            .Services.AddOptions<GatewayOptions>()
            .Configure<IOptions<ClusterTimings>>(
                (options, timings) =>
                    options.GatewayListRefreshPeriod = timings.Value.FailureDetection
            );
        client
            .Services.AddOptions<ClientMessagingOptions>()
            .Configure<IOptions<ClusterTimings>>(
                (options, timings) => options.ResponseTimeout = timings.Value.ResponseTimeout
            );
        return client;
    }

    private static void Time(ClusterMembershipOptions options, ClusterTimings timings)
    {
        options.ProbeTimeout = timings.ProbeTimeout;
        // Otherwise Orleans extends the probe timeout of a slow silo, and with it the time from which it counts the
        // hold.
        options.MinProbeTimeout = timings.ProbeTimeout;
        options.MaxProbeTimeout = timings.ProbeTimeout;
        options.ExtendProbeTimeoutDuringDegradation = false;
        options.NumMissedProbesLimit = timings.MissedProbes;
        options.NumVotesForDeathDeclaration = timings.DeathVotes;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        options.MaxJoinAttemptTime = timings.OutageLimit + timings.Hold;
    }
}
