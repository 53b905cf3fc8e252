using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

[Collection(MongoSuite.Name)]
public sealed class MongoStateValueTests(RunningMongo mongo) : StateValueConformance
{
    private MongoStore _store = null!;

    protected override IReadOnlyList<StateValue> Refuses => StateValues.NotForMongo;

    protected override int DeepestNesting => 90;

    protected override async Task<IGrainStorage> OpenAsync(int deepest) =>
        (
            _store = await MongoStore.Open(
                mongo.Server.ConnectionString,
                configure: options =>
                    options.Json = new JsonSerializerOptions(options.Json) { MaxDepth = deepest }
            )
        ).Storage;

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Time_is_returned_in_UTC_to_the_millisecond()
    {
        DateTimeOffset moment = new(637_000_000_000_019_999, TimeSpan.FromMinutes(-210));

        await _store.Write("ada", new() { ExpiresAt = moment });
        DateTimeOffset? read = (await _store.Read("ada")).State.ExpiresAt;

        Assert.Equal(moment.AddTicks(-9_999), read);
        Assert.Equal(TimeSpan.Zero, read!.Value.Offset);
    }

    [Fact]
    public async Task Numbers_are_stored_as_numbers_that_an_operator_can_compare()
    {
        await Storage.WriteStateAsync(
            State,
            GrainId.Create("document", "ada"),
            new GrainState<Dictionary<string, decimal>>(
                new()
                {
                    ["whole"] = 7,
                    ["real"] = 0.5m,
                    ["exact"] = 79_228_162_514_264_337_593_543m,
                }
            )
        );

        BsonDocument stored = (
            await _store
                .Collection()
                .Find(new BsonDocument("_doc.exact", new BsonDocument("$gt", 1)))
                .SingleAsync()
        )["_doc"].AsBsonDocument;

        Assert.Equal(
            [BsonType.Int64, BsonType.Double, BsonType.Decimal128],
            stored.Values.Select(value => value.BsonType)
        );
    }

    [Theory]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { ExpiresAt: NaN } }")]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { Number: { $numberDecimal: 'NaN' } } }")]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { Number: { $numberDecimal: '1.5' } } }")]
    [InlineData(
        "{ _id: 'document/ada', _etag: '1', _doc: { ExpiresAt: { $date: { $numberLong: '9223372036854775807' } } } }"
    )]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { Text: /x/ } }")]
    public async Task Invalid_value_written_by_an_operator_is_a_storage_error(string stored)
    {
        await _store.Collection().InsertOneAsync(BsonDocument.Parse(stored));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => _store.Read("ada"));
    }
}
