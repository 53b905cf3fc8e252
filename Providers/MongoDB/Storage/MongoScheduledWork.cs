using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Providers.Storage;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Finds the states whose scheduled work is due, by the index on its time.</summary>
internal sealed class MongoScheduledWork(
    StateCollections collections,
    MongoDBGrainStorageOptions options
) : IScheduledWork
{
    public Task<IReadOnlyList<ScheduledState>> Find(
        string stateName,
        DateTimeOffset dueBy,
        ScheduledState? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (options.Model[stateName].Scheduled is not { } scheduled)
            return Task.FromResult<IReadOnlyList<ScheduledState>>([]);

        string member = StateJson.MemberName(scheduled, options.Json);
        string path = $"{StateFields.State}.{member}";
        return collections.Within<IReadOnlyList<ScheduledState>>(
            async token =>
                [
                    .. (
                        await collections
                            .Collection(stateName)
                            // The result is only a hint to the grain, which decides: no linearizable read is needed.
                            .WithReadConcern(ReadConcern.Default)
                            .Find(Due(path, dueBy, after))
                            .Sort(new BsonDocument { { path, 1 }, { StateFields.Id, 1 } })
                            .Limit(limit)
                            .Project(new BsonDocument { { StateFields.Id, 1 }, { path, 1 } })
                            .ToListAsync(token)
                    ).Select(stored => Read(stored, member)),
                ],
            cancellationToken
        );
    }

    private static BsonDocument Due(string path, DateTimeOffset dueBy, ScheduledState? after)
    {
        BsonDocument due = new(path, new BsonDocument("$lte", Date(dueBy)));
        if (after is null)
            return due;

        BsonDateTime last = Date(after.NextWorkAt);
        due[path]["$gte"] = last;
        due["$or"] = new BsonArray
        {
            new BsonDocument(path, new BsonDocument("$gt", last)),
            new BsonDocument(StateFields.Id, new BsonDocument("$gt", after.Key)),
        };
        return due;
    }

    private static ScheduledState Read(BsonDocument stored, string member) =>
        new(
            stored[StateFields.Id].AsString,
            DateTimeOffset.FromUnixTimeMilliseconds(
                stored[StateFields.State][member].AsBsonDateTime.MillisecondsSinceEpoch
            )
        );

    private static BsonDateTime Date(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());
}
