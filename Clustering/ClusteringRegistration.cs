using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Clustering.Calls;
using SessionAuth.Clustering.Eviction;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering;

/// <summary>Adds what keeps one activation of a grain in a cluster whose silos fail, pause and are cut off.</summary>
public static class ClusteringRegistration
{
    /// <summary>Reads the timings of the cluster, and repeats calls whose silo stopped or died. For silos and clients.</summary>
    /// <exception cref="OptionsValidationException">A timing is not fit to start with.</exception>
    public static ClusterTimings AddClusterTimings(this IHostApplicationBuilder builder)
    {
        ClusterTimings timings = new();
        builder.Configuration.Bind(timings);
        ValidateOptionsResult validation = new ClusterTimingsValidator().Validate(null, timings);
        if (validation.Failed)
        {
            throw new OptionsValidationException(
                nameof(ClusterTimings),
                typeof(ClusterTimings),
                validation.Failures
            );
        }
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder
            .Services.AddSingleton(Options.Create(timings))
            .AddSingleton<IOutgoingGrainCallFilter, RepeatedCalls>();
        return timings;
    }

    /// <summary>
    /// Makes the silo answer only while it is confirmed, and take over the grains of a dead silo only when that one has
    /// surely stopped answering. A silo that the cluster has given up restarts its process.
    /// </summary>
    /// <param name="silo">A silo whose membership table has been registered.</param>
    /// <param name="timings">The timings of the cluster.</param>
    public static ISiloBuilder UseFencedMembership(this ISiloBuilder silo, ClusterTimings timings)
    {
        silo.Configure<ClusterMembershipOptions>(options => Time(options, timings))
            .Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = timings.Hold)
            .Configure<SiloMessagingOptions>(options =>
                options.ResponseTimeout = timings.ResponseTimeout
            )
            .Configure<GrainCollectionOptions>(options =>
                options.ActivationTimeout = timings.ActivationTimeout
            );
#pragma warning disable ORLEANSEXP003 // The only directory that keeps one activation while silos come and go.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.AddFence();
        silo.Services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, RestartOnEviction>());
        return silo;
    }

    /// <summary>Makes a client wait for as long as its cluster may take to replace a silo.</summary>
    public static IClientBuilder UseClusterTimings(
        this IClientBuilder client,
        ClusterTimings timings
    ) =>
        client
            .Configure<GatewayOptions>(options =>
                options.GatewayListRefreshPeriod = timings.FailureDetection
            )
            .Configure<ClientMessagingOptions>(options =>
                options.ResponseTimeout = timings.ResponseTimeout
            );

    private static void Time(ClusterMembershipOptions options, ClusterTimings timings)
    {
        options.ProbeTimeout = timings.ProbeTimeout;
        // Orleans would stretch the probes of a slow silo, and with them the time from which it counts the hold.
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
