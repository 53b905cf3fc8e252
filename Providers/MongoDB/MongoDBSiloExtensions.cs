using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using SessionAuth.Providers;
using SessionAuth.Providers.MongoDB.Client;
using SessionAuth.Providers.MongoDB.Membership;
using SessionAuth.Providers.MongoDB.Storage;

// The namespace in which Orleans' own providers have their registrations.
namespace Orleans.Hosting;

/// <summary>Registers the MongoDB providers of a silo.</summary>
public static class MongoDBSiloExtensions
{
    /// <summary>Adds the MongoDB client that the providers share.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="connectionString">A MongoDB connection string. It is never logged.</param>
    public static ISiloBuilder UseMongoDBClient(this ISiloBuilder builder, string connectionString)
    {
        builder.Services.AddMongoDBClient(connectionString);
        return builder;
    }

    /// <summary>Stores the cluster's membership table in MongoDB, as one document.</summary>
    /// <remarks>
    /// The start waits for a database that is not available yet, and logs that; it fails with
    /// <see cref="OrleansConfigurationException"/> when the database refuses the user.
    /// </remarks>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Sets the options.</param>
    public static ISiloBuilder UseMongoDBClustering(
        this ISiloBuilder builder,
        Action<MongoDBMembershipTableOptions> configure
    )
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<MongoDBMembershipTableOptions>().Configure(configure);
        services.AddTransient<IConfigurationValidator>(provider => new MongoDBOptionsValidator(
            provider.GetRequiredService<IOptions<MongoDBMembershipTableOptions>>().Value,
            "membership"
        ));
        services.AddSingleton<IMembershipTable, MongoMembershipTable>();
        return builder;
    }

    /// <summary>Stores grain state in MongoDB: a collection for each state name, a document for each grain.</summary>
    /// <remarks>
    /// Writes are conditional on the etag, and insert only when they replace nothing. It also registers an
    /// <see cref="IStorageProbe"/> for each storage, and an <see cref="IScheduledWork"/> under the storage's name.
    /// </remarks>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name by which grains refer to the storage.</param>
    /// <param name="configure">Sets the options.</param>
    public static ISiloBuilder AddMongoDBGrainStorage(
        this ISiloBuilder builder,
        string name,
        Action<MongoDBGrainStorageOptions> configure
    )
    {
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<MongoDBGrainStorageOptions>(name).Configure(configure);
        services.ConfigureNamedOptionForLogging<MongoDBGrainStorageOptions>(name);
        services.AddTransient<IConfigurationValidator>(provider => new MongoDBOptionsValidator(
            Options(provider, name),
            name
        ));
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new StateCollections(
                    provider.GetRequiredService<IMongoClientFactory>().Create(name),
                    Options(provider, name),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<MongoGrainStorage>>()
                )
        );
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => new StateIndexes(
            provider.GetRequiredKeyedService<StateCollections>(name),
            Options(provider, name),
            provider.GetRequiredService<MongoStart>(),
            provider.GetRequiredService<ILogger<MongoGrainStorage>>()
        ));
        services.AddSingleton<IStorageProbe>(provider => new MongoStorageProbe(
            provider.GetRequiredKeyedService<StateCollections>(name),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddKeyedSingleton<IScheduledWork>(
            name,
            (provider, _) =>
                new MongoScheduledWork(
                    provider.GetRequiredKeyedService<StateCollections>(name),
                    Options(provider, name)
                )
        );
        services.AddGrainStorage(name, Storage);
        return builder;
    }

    internal static void AddMongoDBClient(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IMongoClientFactory>(_ => new MongoClientFactory(connectionString));
        services.AddSingleton<MongoStart>();
    }

    private static MongoGrainStorage Storage(IServiceProvider provider, string name) =>
        new(
            provider.GetRequiredKeyedService<StateCollections>(name),
            Options(provider, name),
            provider.GetRequiredService<IActivatorProvider>(),
            provider.GetRequiredService<ILogger<MongoGrainStorage>>()
        );

    private static MongoDBGrainStorageOptions Options(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<MongoDBGrainStorageOptions>>().Get(name);
}
