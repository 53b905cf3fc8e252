using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// Makes the indexes when the silo starts, and as long as it takes: grains work without them, so that nothing
/// waits for them.
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
                Make().Ignore();
                return Task.CompletedTask;
            }
        );

    private async Task Make()
    {
        foreach (StateIndex index in StateIndex.For(options))
        {
            try
            {
                await start.UntilDone(
                    collections.Client,
                    $"the index on {index.State}.{index.Member}",
                    token => Make(index, token),
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

    private Task<string> Make(StateIndex index, CancellationToken cancellationToken) =>
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
