using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Serialization;
using Orleans.Storage;
using SessionAuth.Providers.MongoDB.Client;
using SessionAuth.Providers.MongoDB.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>A storage as in a silo, without the silo.</summary>
public sealed class MongoStore : IAsyncDisposable
{
    private const string Name = "Default";

    private readonly ServiceProvider _services;
    private readonly SiloLifecycleSubject _lifecycle = new(
        NullLogger<SiloLifecycleSubject>.Instance
    );
    private readonly string _database;

    private MongoStore(string url, string database, Action<MongoDBGrainStorageOptions>? configure)
    {
        _database = database;
        SiloServices silo = new();
        silo.Services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        silo.Services.AddLogging(logging => logging.AddFakeLogging());
        silo.Services.AddSerializer();
        silo.UseMongoDBClient(url);
        silo.AddMongoDBGrainStorage(
            Name,
            options =>
            {
                options.DatabaseName = database;
                configure?.Invoke(options);
            }
        );
        _services = silo.Services.BuildServiceProvider();
    }

    public IGrainStorage Storage => _services.GetRequiredKeyedService<IGrainStorage>(Name);

    public IScheduledWork Due => _services.GetRequiredKeyedService<IScheduledWork>(Name);

    public IStorageProbe Probe => _services.GetRequiredService<IStorageProbe>();

    public FakeLogCollector Log => _services.GetFakeLogCollector();

    /// <summary>The database as an operator sees it, without the storage provider.</summary>
    public IMongoDatabase Database =>
        _services.GetRequiredService<IMongoClientFactory>().Create("test").GetDatabase(_database);

    public static async Task<MongoStore> Open(
        string url,
        string? database = null,
        Action<MongoDBGrainStorageOptions>? configure = null
    )
    {
        MongoStore store = new(url, database ?? RunningMongo.NewDatabase(), configure);
        try
        {
            foreach (
                IConfigurationValidator validator in store._services.GetServices<IConfigurationValidator>()
            )
                validator.ValidateConfiguration();
            foreach (
                ILifecycleParticipant<ISiloLifecycle> part in store._services.GetServices<
                    ILifecycleParticipant<ISiloLifecycle>
                >()
            )
                part.Participate(store._lifecycle);
            await store._lifecycle.OnStart();
            return store;
        }
        catch
        {
            await store._services.DisposeAsync();
            throw;
        }
    }

    public IMongoCollection<BsonDocument> Collection(string state = "documents") =>
        Database.GetCollection<BsonDocument>("Grains" + state);

    public async Task<DocumentState> Write(
        string key,
        Document document,
        string state = "documents"
    )
    {
        DocumentState written = new(document);
        await Storage.WriteStateAsync(state, GrainId.Create("document", key), written);
        return written;
    }

    public async Task<DocumentState> Read(string key, string state = "documents")
    {
        DocumentState read = new(new Document());
        await Storage.ReadStateAsync(state, GrainId.Create("document", key), read);
        return read;
    }

    public async ValueTask DisposeAsync()
    {
        await _lifecycle.OnStop();
        _services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _services.DisposeAsync();
    }

    internal sealed class SiloServices : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
