using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

[Collection(MongoSuite.Name)]
public sealed class MongoDueStatesTests(RunningMongo mongo) : DueStatesConformance
{
    private MongoStore _store = null!;

    protected override async Task<(IGrainStorage, IScheduledWork)> OpenAsync()
    {
        _store = await MongoStore.Open(
            mongo.Server.ConnectionString,
            configure: options =>
            {
                options.KeyGenerator = Key;
                options.Model = Document.Scheduled;
            }
        );
        return (_store.Storage, _store.Due);
    }

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    [Fact]
    public Task Due_time_has_an_index() =>
        Eventually.Holds(async () => (await Keys()).Any(key => key.Contains("_doc.DueAt")));

    private async Task<IReadOnlyList<BsonDocument>> Keys()
    {
        try
        {
            using IAsyncCursor<BsonDocument> indexes = await _store
                .Collection(State)
                .Indexes.ListAsync();
            return [.. (await indexes.ToListAsync()).Select(index => index["key"].AsBsonDocument)];
        }
        catch (MongoCommandException e)
            when (e.Message.Contains("does not currently exist", StringComparison.Ordinal))
        {
            // The collection does not exist before its first index.
            return [];
        }
    }
}
