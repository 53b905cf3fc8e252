using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// Creates the indexes in the background when the silo starts: grains work without them, so nothing waits.
/// </summary>
internal sealed class StateIndexes(
    StateCollections collections,
    MongoDBGrainStorageOptions options,
    MongoStart start,
    ILogger<MongoGrainStorage> logger
) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            nameof(StateIndexes),
            ServiceLifecycleStage.ApplicationServices,
            _ =>
            {
                Create().Ignore();
                return Task.CompletedTask;
            }
        );

    private async Task Create()
    {
        foreach (StateIndex index in StateIndex.For(options))
        {
            try
            {
                await start.UntilDone(
                    collections.Client,
                    $"the index on {index.State}.{index.Member}",
                    token => Create(index, token),
                    CancellationToken.None
                );
                logger.IndexReady(index.State, index.Member);
            }
            catch (Exception e) when (e is OrleansConfigurationException or MongoException)
            {
                logger.IndexRefused(e, index.State, index.Member);
            }
        }
    }

    private Task<string> Create(StateIndex index, CancellationToken cancellationToken) =>
        collections
            .Collection(index.State)
            .Indexes.CreateOneAsync(
                new CreateIndexModel<BsonDocument>(
                    new BsonDocument($"{StateFields.State}.{index.Member}", 1),
                    new CreateIndexOptions { ExpireAfter = index.ExpireAfter }
                ),
                options: null,
                cancellationToken
            );
}
