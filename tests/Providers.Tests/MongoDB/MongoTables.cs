using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Orleans.Configuration;
using Orleans.Messaging;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>Membership tables and gateway lists of silos and clients in one database.</summary>
public sealed class MongoTables(RunningMongo mongo)
{
    private readonly string _database = RunningMongo.NewDatabase();
    private readonly List<ServiceProvider> _services = [];

    public IMembershipTable Table(string clusterId)
    {
        MongoStore.SiloServices silo = new();
        silo.UseMongoDBClient(mongo.Server.ConnectionString)
            .UseMongoDBClustering(options => options.DatabaseName = _database);
        return Services(silo.Services, clusterId).GetRequiredService<IMembershipTable>();
    }

    public IGatewayListProvider Gateways(string clusterId)
    {
        ClientServices client = new();
        client
            .UseMongoDBClient(mongo.Server.ConnectionString)
            .UseMongoDBClustering(options => options.DatabaseName = _database);
        return Services(client.Services, clusterId).GetRequiredService<IGatewayListProvider>();
    }

    public async Task Close()
    {
        foreach (ServiceProvider services in _services)
            await services.DisposeAsync();
    }

    private ServiceProvider Services(IServiceCollection services, string clusterId)
    {
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddLogging();
        services.Configure<ClusterOptions>(options => options.ClusterId = clusterId);
        ServiceProvider provider = services.BuildServiceProvider();
        _services.Add(provider);
        return provider;
    }

    private sealed class ClientServices : IClientBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public Microsoft.Extensions.Configuration.IConfiguration Configuration { get; } =
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build();
    }
}
