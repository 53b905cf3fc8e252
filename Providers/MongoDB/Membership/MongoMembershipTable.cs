using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Configuration;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>The membership table, every write conditional on the table's version and on the row's.</summary>
internal sealed class MongoMembershipTable(
    IMongoClientFactory clients,
    IOptions<MongoDBMembershipTableOptions> options,
    IOptions<ClusterOptions> cluster,
    MongoStart start
) : IMembershipTable
{
    private static readonly TableVersion NoTable = new(0, "0");

    private readonly IMongoClient _client = clients.Create(nameof(MongoMembershipTable));
    private ClusterDocuments Documents =>
        field ??= new(_client, options.Value, cluster.Value.ClusterId);

    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        start.UntilDone(
            _client,
            "the membership table",
            _ => tryInitTableVersion ? MakeTable() : Documents.Read()
        );

    public Task DeleteMembershipTableEntries(string clusterId) =>
        Documents.Within(token =>
            Documents
                .Collection()
                .DeleteOneAsync(new BsonDocument(ClusterDocuments.Id, clusterId), token)
        );

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        foreach ((MembershipEntry entry, string etag) in Table(await Documents.Read()).Members)
        {
            if (entry.Status == SiloStatus.Dead && LastSign(entry) < beforeDate.UtcDateTime)
                await Remove(entry.SiloAddress, etag);
        }
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        MembershipTableData table = Table(await Documents.Read());
        return table.TryGet(key) is { } row ? new(row, table.Version) : new(table.Version);
    }

    public async Task<MembershipTableData> ReadAll() => Table(await Documents.Read());

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Write(
            entry,
            tableVersion,
            new BsonDocument(Path(entry.SiloAddress), new BsonDocument("$exists", false))
        );

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Write(
            entry,
            tableVersion,
            new BsonDocument(Path(entry.SiloAddress, MemberDocument.ETag), etag)
        );

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        Documents.Within(token =>
            Documents
                .Collection()
                .UpdateOneAsync(
                    new BsonDocument(Documents.ThisCluster)
                    {
                        { Path(entry.SiloAddress), new BsonDocument("$exists", true) },
                    },
                    Set(
                        new()
                        {
                            {
                                Path(entry.SiloAddress, MemberDocument.IAmAliveTime),
                                MemberDocument.Date(entry.IAmAliveTime)
                            },
                        }
                    ),
                    options: null,
                    token
                )
        );

    private async Task<bool> Write(
        MembershipEntry entry,
        TableVersion tableVersion,
        BsonDocument rowIsAsExpected
    )
    {
        string version = NewETag();
        BsonDocument expected = new BsonDocument(Documents.ThisCluster)
        {
            { ClusterDocuments.VersionETag, tableVersion.VersionEtag },
        }.Merge(rowIsAsExpected);
        UpdateDefinition<BsonDocument> change = Set(
            new()
            {
                { Path(entry.SiloAddress), MemberDocument.From(entry, NewETag()) },
                { ClusterDocuments.Version, tableVersion.Version },
                { ClusterDocuments.VersionETag, version },
            }
        );
        try
        {
            UpdateResult result = await Documents.Within(token =>
                Documents.Collection().UpdateOneAsync(expected, change, options: null, token)
            );
            return result.MatchedCount > 0;
        }
        catch (Exception e) when (MongoFailure.IsTransient(e))
        {
            // It may have happened. Nobody else writes this version, so that it tells.
            if ((await Documents.Read())?[ClusterDocuments.VersionETag].AsString == version)
                return true;
            throw;
        }
    }

    private async Task MakeTable()
    {
        BsonDocument empty = new()
        {
            { ClusterDocuments.Version, 0 },
            { ClusterDocuments.VersionETag, NewETag() },
            { ClusterDocuments.Members, new BsonDocument() },
        };
        try
        {
            await Documents.Within(token =>
                Documents
                    .Collection()
                    .UpdateOneAsync(
                        Documents.ThisCluster,
                        new BsonDocument("$setOnInsert", empty),
                        new UpdateOptions { IsUpsert = true },
                        token
                    )
            );
        }
        catch (MongoWriteException e) when (MongoFailure.IsDuplicateKey(e))
        {
            // Another silo made it at the same moment.
        }
    }

    private Task<UpdateResult> Remove(SiloAddress silo, string etag) =>
        Documents.Within(token =>
            Documents
                .Collection()
                .UpdateOneAsync(
                    new BsonDocument(Documents.ThisCluster)
                    {
                        { Path(silo, MemberDocument.ETag), etag },
                    },
                    new BsonDocument("$unset", new BsonDocument(Path(silo), "")),
                    options: null,
                    token
                )
        );

    private static MembershipTableData Table(BsonDocument? cluster) =>
        cluster is null
            ? new(NoTable)
            : new(
                [
                    .. cluster[ClusterDocuments.Members]
                        .AsBsonDocument.Select(member =>
                            MemberDocument.Entry(member.Value.AsBsonDocument)
                        ),
                ],
                new TableVersion(
                    cluster[ClusterDocuments.Version].ToInt32(),
                    cluster[ClusterDocuments.VersionETag].AsString
                )
            );

    private static DateTime LastSign(MembershipEntry entry) =>
        (entry.SuspectTimes ?? [])
            .Select(suspect => suspect.Item2)
            .Append(entry.StartTime)
            .Append(entry.IAmAliveTime)
            .Max();

    private static BsonDocumentUpdateDefinition<BsonDocument> Set(BsonDocument members) =>
        new(new BsonDocument("$set", members));

    private static string Path(SiloAddress silo) =>
        $"{ClusterDocuments.Members}.{MemberDocument.Key(silo)}";

    private static string Path(SiloAddress silo, string member) => $"{Path(silo)}.{member}";

    private static string NewETag() => Guid.NewGuid().ToString("N");
}
