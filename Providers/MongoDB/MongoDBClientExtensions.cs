using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Messaging;
using SessionAuth.Providers.MongoDB.Client;
using SessionAuth.Providers.MongoDB.Gateways;

// Orleans' own providers have their registrations here, where a configuration of Orleans finds them.
namespace Orleans.Hosting;

/// <summary>Adds what a client of the cluster reads from MongoDB.</summary>
public static class MongoDBClientExtensions
{
    /// <summary>Adds the client that the providers share.</summary>
    /// <param name="builder">The client of the cluster.</param>
    /// <param name="connectionString">A MongoDB connection string. It is logged nowhere.</param>
    public static IClientBuilder UseMongoDBClient(
        this IClientBuilder builder,
        string connectionString
    )
    {
        builder.Services.AddMongoDBClient(connectionString);
        return builder;
    }

    /// <summary>Finds the cluster's gateways by its membership table in MongoDB.</summary>
    /// <param name="builder">The client of the cluster.</param>
    /// <param name="configure">Sets the options: those of the silos' table.</param>
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
