using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Messaging;
using SessionAuth.Providers.MongoDB.Client;
using SessionAuth.Providers.MongoDB.Gateways;

// The namespace in which Orleans' own providers have their registrations.
namespace Orleans.Hosting;

/// <summary>Registers the MongoDB providers of a cluster client.</summary>
public static class MongoDBClientExtensions
{
    /// <summary>Adds the MongoDB client that the providers share.</summary>
    /// <param name="builder">The client of the cluster.</param>
    /// <param name="connectionString">A MongoDB connection string. It is never logged.</param>
    public static IClientBuilder UseMongoDBClient(
        this IClientBuilder builder,
        string connectionString
    )
    {
        builder.Services.AddMongoDBClient(connectionString);
        return builder;
    }

    /// <summary>Reads the cluster's gateways from its membership table in MongoDB.</summary>
    /// <param name="builder">The client of the cluster.</param>
    /// <param name="configure">Sets the options; database and prefix must be those of the silos.</param>
    public static IClientBuilder UseMongoDBClustering(
        this IClientBuilder builder,
        Action<MongoDBGatewayListProviderOptions> configure
    )
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<MongoDBGatewayListProviderOptions>().Configure(configure);
        services.AddTransient<IConfigurationValidator>(provider => new MongoDBOptionsValidator(
            provider.GetRequiredService<IOptions<MongoDBGatewayListProviderOptions>>().Value,
            "gateways"
        ));
        services.AddSingleton<IGatewayListProvider, MongoGatewayListProvider>();
        return builder;
    }
}
