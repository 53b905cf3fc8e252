using MongoDB.Bson;
using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Finds what is due by an index on its time, where <see cref="MongoDBGrainStorageOptions.Indexes"/> has one.</summary>
internal sealed class MongoDueStates(StateCollections collections) : IDueStates
{
    private const string DueAt = StateFields.State + ".DueAt";

    private static readonly BsonDocument Order = new() { { DueAt, 1 }, { StateFields.Id, 1 } };
    private static readonly BsonDocument Wanted = new() { { StateFields.Id, 1 }, { DueAt, 1 } };

    public Task<IReadOnlyList<DueState>> Find(
        string stateName,
        DateTimeOffset dueBy,
        DueState? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        collections.Within<IReadOnlyList<DueState>>(
            async token =>
                [
                    .. (
                        await collections
                            .Collection(stateName)
                            // What is found is a hint that its grain decides about: the newest is not waited for.
                            .WithReadConcern(ReadConcern.Default)
                            .Find(Due(dueBy, after))
                            .Sort(Order)
                            .Limit(limit)
                            .Project(Wanted)
                            .ToListAsync(token)
                    ).Select(Read),
                ],
            cancellationToken
        );

    private static BsonDocument Due(DateTimeOffset dueBy, DueState? after)
    {
        BsonDocument due = new(DueAt, new BsonDocument("$lte", Date(dueBy)));
        if (after is null)
            return due;

        BsonDateTime last = Date(after.DueAt);
        due[DueAt]["$gte"] = last;
        due["$or"] = new BsonArray
        {
            new BsonDocument(DueAt, new BsonDocument("$gt", last)),
            new BsonDocument(StateFields.Id, new BsonDocument("$gt", after.Key)),
        };
        return due;
    }

    private static DueState Read(BsonDocument stored) =>
        new(
            stored[StateFields.Id].AsString,
            DateTimeOffset.FromUnixTimeMilliseconds(
                stored[StateFields.State]["DueAt"].AsBsonDateTime.MillisecondsSinceEpoch
            )
        );

    private static BsonDateTime Date(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());
}
