using SessionAuth.Settings;

namespace SessionAuth.Providers.MongoDB;

/// <summary>Stores the grains and the membership table of a cluster in MongoDB.</summary>
public sealed class MongoDBProvider : IStorageProvider
{
    /// <inheritdoc/>
    public string? SelectedBy => "MONGO_URL";

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public void AddTo(ISiloBuilder silo, StoredStates states)
    {
        MongoDBSettings settings = silo.Configuration.Read(new MongoDBSettingsValidator());
        silo.UseMongoDBClient(settings.MongoUrl!)
            .UseMongoDBClustering(options => options.DatabaseName = settings.MongoDatabase)
            .AddMongoDBGrainStorage(
                states.StorageName,
                options =>
                {
                    options.DatabaseName = settings.MongoDatabase;
                    options.CollectionPrefix = "";
                    options.KeyGenerator = states.Key;
                    options.Model = states.Model;
                }
            );
    }

    /// <inheritdoc/>
    public void AddTo(IClientBuilder client)
    {
        MongoDBSettings settings = client.Configuration.Read(new MongoDBSettingsValidator());
        client
            .UseMongoDBClient(settings.MongoUrl!)
            .UseMongoDBClustering(options => options.DatabaseName = settings.MongoDatabase);
    }
}
