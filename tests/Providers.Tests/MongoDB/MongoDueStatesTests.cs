using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

[Collection(OnMongo.Name)]
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
    public async Task There_is_an_index_on_the_time()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!(await Keys(patience.Token)).Any(key => key.Contains("_doc.DueAt")))
            await Task.Delay(20, patience.Token);
    }

    private async Task<IReadOnlyList<BsonDocument>> Keys(CancellationToken cancellationToken)
    {
        try
        {
            using IAsyncCursor<BsonDocument> indexes = await _store
                .Collection(State)
                .Indexes.ListAsync(cancellationToken);
            return
            [
                .. (await indexes.ToListAsync(cancellationToken)).Select(index =>
                    index["key"].AsBsonDocument
                ),
            ];
        }
        catch (MongoCommandException e)
            when (e.Message.Contains("does not currently exist", StringComparison.Ordinal))
        {
            // The collection: its first index makes it.
            return [];
        }
    }
}
