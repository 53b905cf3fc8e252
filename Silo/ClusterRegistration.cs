using Microsoft.Extensions.Configuration;
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
    /// Adds a silo that keeps its grains in MongoDB and finds the other silos there, behind the fence.
    /// </summary>
    /// <exception cref="SettingsException">The secrets for stored data are not fit to start with.</exception>
    public static IHostApplicationBuilder AddClusterSilo(
        this IHostApplicationBuilder builder,
        ClusterSettings settings
    )
    {
        ClusterTimings timings = builder.AddClusterTimings();
        SecretStrength.Read("DATA_KEYS", builder.Configuration["DATA_KEYS"]);
        builder.Services.AddSessionAuthGrains(builder.Configuration);
        builder.Services.AddSingleton<IWriteFailures, WriteFailures>();
        builder.Services.AddSingleton(Options.Create(settings));
        builder.Services.AddSingleton<IConfigureOptions<EndpointOptions>, ConfigureSiloEndpoints>();
        return builder.UseOrleans(silo =>
            silo.Configure<ClusterOptions>(options => Name(options, settings))
                .UseMongoDBClient(settings.MongoUrl!)
                .UseMongoDBClustering(options => options.DatabaseName = settings.MongoDatabase)
                .AddClusterStorage(settings.MongoDatabase)
                .BoundDirectoryCache()
                .Configure<GrainCollectionOptions>(options =>
                    options.EnableActivationSheddingOnMemoryPressure = true
                )
                .UseFencedMembership(timings)
        );
    }

    /// <summary>Adds a client, which calls the grains of a cluster and hosts none.</summary>
    public static IHostApplicationBuilder AddClusterClient(
        this IHostApplicationBuilder builder,
        ClusterSettings settings
    )
    {
        ClusterTimings timings = builder.AddClusterTimings();
        builder.Services.AddSingleton(Options.Create(settings));
        return builder.UseOrleansClient(client =>
            client
                .Configure<ClusterOptions>(options => Name(options, settings))
                .UseMongoDBClient(settings.MongoUrl!)
                .UseMongoDBClustering(options => options.DatabaseName = settings.MongoDatabase)
                .UseClusterTimings(timings)
        );
    }

    private static void Name(ClusterOptions options, ClusterSettings settings)
    {
        options.ClusterId = settings.ClusterId;
        options.ServiceId = settings.ServiceId;
    }
}
