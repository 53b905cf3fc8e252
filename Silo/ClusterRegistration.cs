using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Grains;
using SessionAuth.Grains.Storage;
using SessionAuth.Silo.Fencing;
using SessionAuth.Silo.Hosting;
using SessionAuth.Silo.Storage;

namespace SessionAuth.Silo.Clustering;

/// <summary>Makes a process a silo of a cluster, or a client of one.</summary>
public static class ClusterRegistration
{
    /// <summary>Reads where the cluster is, and checks it.</summary>
    /// <exception cref="OptionsValidationException">A setting is not fit to start with.</exception>
    /// <exception cref="InvalidOperationException">A setting is not of its type.</exception>
    public static ClusterSettings ClusterSettings(this IConfiguration configuration)
    {
        ClusterSettings settings = new();
        configuration.Bind(settings);
        ValidateOptionsResult validation = new ClusterSettingsValidator().Validate(null, settings);
        return validation.Failed
            ? throw new OptionsValidationException(
                nameof(ClusterSettings),
                typeof(ClusterSettings),
                validation.Failures
            )
            : settings;
    }

    /// <summary>
    /// Adds a silo with its grains in MongoDB, which finds the others there, answers only while it is confirmed, and
    /// whose grains nobody takes over before it has surely stopped to.
    /// </summary>
    /// <exception cref="SettingsException">The secrets for stored data are not fit to start with.</exception>
    public static IHostApplicationBuilder AddClusterSilo(
        this IHostApplicationBuilder builder,
        ClusterSettings settings
    )
    {
        ClusterTimings timings = builder.AddClusterSettings(settings);
        SecretStrength.Read("DATA_KEYS", builder.Configuration["DATA_KEYS"]);
        builder.Services.AddSessionAuthGrains(builder.Configuration);
        builder.Services.AddSingleton<IWriteFailures, WriteFailures>();
        builder.Services.AddSingleton<IConfigureOptions<EndpointOptions>, ClusterEndpoints>();
        return builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => Name(options, settings))
                .UseMongoDBClient(settings.MongoUrl!)
                .UseMongoDBClustering(options => options.DatabaseName = settings.MongoDatabase)
                .AddClusterStorage(settings.MongoDatabase)
                .Configure<ClusterMembershipOptions>(options => Time(options, timings))
                .Configure<GrainDirectoryOptions>(options =>
                    options.RangeLeaseDuration = timings.Hold
                )
                .BoundDirectoryCache()
                .Configure<SiloMessagingOptions>(options =>
                    options.ResponseTimeout = timings.ResponseTimeout
                )
                .Configure<GrainCollectionOptions>(options =>
                {
                    options.EnableActivationSheddingOnMemoryPressure = true;
                    options.ActivationTimeout = timings.ActivationTimeout;
                });
#pragma warning disable ORLEANSEXP003 // The only directory that keeps one activation while silos come and go.
            silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
            silo.AddFence();
            silo.Services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, Rejoining>());
        });
    }

    /// <summary>Adds a client, which calls the grains of a cluster and hosts none.</summary>
    public static IHostApplicationBuilder AddClusterClient(
        this IHostApplicationBuilder builder,
        ClusterSettings settings
    )
    {
        ClusterTimings timings = builder.AddClusterSettings(settings);
        return builder.UseOrleansClient(client =>
            client
                .Configure<ClusterOptions>(options => Name(options, settings))
                .UseMongoDBClient(settings.MongoUrl!)
                .UseMongoDBClustering(options => options.DatabaseName = settings.MongoDatabase)
                .Configure<GatewayOptions>(options =>
                    options.GatewayListRefreshPeriod = timings.FailureDetection
                )
                .Configure<ClientMessagingOptions>(options =>
                    options.ResponseTimeout = timings.ResponseTimeout
                )
        );
    }

    private static ClusterTimings AddClusterSettings(
        this IHostApplicationBuilder builder,
        ClusterSettings settings
    )
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
            .Services.AddSingleton(Options.Create(settings))
            .AddSingleton(Options.Create(timings))
            .AddSingleton<IOutgoingGrainCallFilter, RepeatedCalls>();
        return timings;
    }

    private static void Name(ClusterOptions options, ClusterSettings settings)
    {
        options.ClusterId = settings.ClusterId;
        options.ServiceId = settings.ServiceId;
    }

    private static void Time(ClusterMembershipOptions options, ClusterTimings timings)
    {
        options.ProbeTimeout = timings.ProbeTimeout;
        // Orleans would stretch the probes of a slow silo, and with them what it counts the hold from.
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
