using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SessionAuth.Providers.MongoDB;

/// <summary>Keeps grains, the membership table and the list of gateways of a cluster in MongoDB.</summary>
public sealed class MongoDBProvider : IStorageProvider
{
    /// <inheritdoc/>
    public string? SelectedBy => "MONGO_URL";

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public void Validate(IConfiguration configuration)
    {
        ValidateOptionsResult validation = new MongoDBSettingsValidator().Validate(
            null,
            Settings(configuration)
        );
        if (validation.Failed)
        {
            throw new OptionsValidationException(
                nameof(MongoDBSettings),
                typeof(MongoDBSettings),
                validation.Failures
            );
        }
    }

    /// <inheritdoc/>
    public void AddTo(ISiloBuilder silo, StoredStates states)
    {
        MongoDBSettings settings = Settings(silo.Configuration);
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
        MongoDBSettings settings = Settings(client.Configuration);
        client
            .UseMongoDBClient(settings.MongoUrl!)
            .UseMongoDBClustering(options => options.DatabaseName = settings.MongoDatabase);
    }

    private static MongoDBSettings Settings(IConfiguration configuration)
    {
        MongoDBSettings settings = new();
        configuration.Bind(settings);
        return settings;
    }
}
