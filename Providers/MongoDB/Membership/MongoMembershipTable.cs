using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Configuration;
using SessionAuth.Providers.Membership;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>The membership table, every write conditional on the table's version and on the row's.</summary>
internal sealed class MongoMembershipTable(
    IMongoClientFactory clients,
    IOptions<MongoDBMembershipTableOptions> options,
    IOptions<ClusterOptions> cluster,
    MongoStart start
) : CancellableMembershipTable, ISharedSettings
{
    private static readonly TableVersion NoTable = new(0, "0");

    private readonly IMongoClient _client = clients.Create(nameof(MongoMembershipTable));
    private IReadOnlyDictionary<string, string> _shared = new Dictionary<string, string>();
    private ClusterDocuments Documents =>
        field ??= new(_client, options.Value, cluster.Value.ClusterId);

    public override Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken
    ) =>
        start.UntilDone(
            _client,
            "the membership table",
            token => tryInitTableVersion ? MakeTable(token) : Documents.Read(token),
            cancellationToken
        );

    public override Task DeleteMembershipTableEntriesAsync(
        string clusterId,
        CancellationToken cancellationToken
    ) =>
        Documents.Within(
            token =>
                Documents
                    .Collection()
                    .DeleteOneAsync(new BsonDocument(ClusterDocuments.Id, clusterId), token),
            cancellationToken
        );

    public override async Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken
    )
    {
        // Not the dead alone, as with every provider of Orleans: a silo that crashed while it joined or stopped may
        // never be declared dead, and its row would stay, and be probed, for ever. One that is alive after all, and
        // only slept that long, finds its row gone and takes itself for dead; an active one has to be declared dead
        // first, since others take over what it holds by that alone.
        MembershipTableData table = Table(await Documents.Read(cancellationToken));
        foreach ((MembershipEntry entry, string etag) in table.Members)
        {
            if (entry.Status != SiloStatus.Active && LastSign(entry) < beforeDate.UtcDateTime)
                await Remove(entry, etag, cancellationToken);
        }
    }

    public override async Task<MembershipTableData> ReadRowAsync(
        SiloAddress key,
        CancellationToken cancellationToken
    )
    {
        MembershipTableData table = Table(await Documents.Read(cancellationToken));
        return table.TryGet(key) is { } row ? new(row, table.Version) : new(table.Version);
    }

    public override async Task<MembershipTableData> ReadAllAsync(
        CancellationToken cancellationToken
    ) => Table(await Documents.Read(cancellationToken));

    public override Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    ) =>
        Write(
            entry,
            tableVersion,
            new BsonDocument(Path(entry.SiloAddress), new BsonDocument("$exists", false)).Merge(
                Shared(_shared)
            ),
            cancellationToken
        );

    public override Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    ) =>
        Write(
            entry,
            tableVersion,
            new BsonDocument(Path(entry.SiloAddress, MemberDocument.ETag), etag),
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<SharedSettings> ReadOrStore(
        IReadOnlyDictionary<string, string> own,
        CancellationToken cancellationToken
    )
    {
        _shared = own;
        SharedSettings? read = null;
        await start.UntilDone(
            _client,
            "the settings of the cluster",
            async token =>
            {
                await Documents.Within(
                    inTime =>
                        Documents
                            .Collection()
                            .UpdateOneAsync(
                                new BsonDocument(Documents.ThisCluster)
                                {
                                    {
                                        ClusterDocuments.Settings,
                                        new BsonDocument("$exists", false)
                                    },
                                },
                                Set(Shared(own)),
                                options: null,
                                inTime
                            ),
                    token
                );
                read = Settings(await Documents.Read(token));
            },
            cancellationToken
        );
        return read!;
    }

    /// <inheritdoc/>
    public async Task<bool> Replace(
        IReadOnlyDictionary<string, string> own,
        SharedSettings read,
        CancellationToken cancellationToken
    )
    {
        BsonDocument change = Shared(own);
        change.Add(ClusterDocuments.VersionETag, NewETag());
        UpdateResult result = await Documents.Within(
            token =>
                Documents
                    .Collection()
                    .UpdateOneAsync(
                        new BsonDocument(Documents.ThisCluster)
                        {
                            { ClusterDocuments.VersionETag, read.TableVersion },
                        },
                        Set(change),
                        options: null,
                        token
                    ),
            cancellationToken
        );
        return result.MatchedCount > 0;
    }

    public override Task UpdateIAmAliveAsync(
        MembershipEntry entry,
        CancellationToken cancellationToken
    ) =>
        Documents.Within(
            token =>
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
                    ),
            cancellationToken
        );

    private async Task<bool> Write(
        MembershipEntry entry,
        TableVersion tableVersion,
        BsonDocument rowIsAsExpected,
        CancellationToken cancellationToken
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
            UpdateResult result = await Documents.Within(
                token =>
                    Documents.Collection().UpdateOneAsync(expected, change, options: null, token),
                cancellationToken
            );
            return result.MatchedCount > 0;
        }
        catch (Exception e) when (MongoFailure.IsTransient(e))
        {
            // It may have happened. Nobody else writes this version, so that it tells.
            if (
                (await Documents.Read(cancellationToken))?[ClusterDocuments.VersionETag].AsString
                == version
            )
                return true;
            throw;
        }
    }

    private async Task MakeTable(CancellationToken cancellationToken)
    {
        BsonDocument empty = new()
        {
            { ClusterDocuments.Version, 0 },
            { ClusterDocuments.VersionETag, NewETag() },
            { ClusterDocuments.Members, new BsonDocument() },
        };
        try
        {
            await Documents.Within(
                token =>
                    Documents
                        .Collection()
                        .UpdateOneAsync(
                            Documents.ThisCluster,
                            new BsonDocument("$setOnInsert", empty),
                            new UpdateOptions { IsUpsert = true },
                            token
                        ),
                cancellationToken
            );
        }
        catch (MongoWriteException e) when (MongoFailure.IsDuplicateKey(e))
        {
            // Another silo made it at the same moment.
        }
    }

    private Task<UpdateResult> Remove(
        MembershipEntry entry,
        string etag,
        CancellationToken cancellationToken
    ) =>
        Documents.Within(
            token =>
                Documents
                    .Collection()
                    .UpdateOneAsync(
                        new BsonDocument(Documents.ThisCluster)
                        {
                            { Path(entry.SiloAddress, MemberDocument.ETag), etag },
                            // A sign of life changes no etag.
                            {
                                Path(entry.SiloAddress, MemberDocument.IAmAliveTime),
                                MemberDocument.Date(entry.IAmAliveTime)
                            },
                        },
                        new BsonDocument("$unset", new BsonDocument(Path(entry.SiloAddress), "")),
                        options: null,
                        token
                    ),
            cancellationToken
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

    private static SharedSettings Settings(BsonDocument? cluster) =>
        new(
            cluster is not null && cluster.Contains(ClusterDocuments.Settings)
                ? cluster[ClusterDocuments.Settings]
                    .AsBsonDocument.ToDictionary(
                        setting => setting.Name,
                        setting => setting.Value.AsString
                    )
                : [],
            Table(cluster).Members.Any(member => member.Item1.Status != SiloStatus.Dead),
            Table(cluster).Version.VersionEtag
        );

    private static BsonDocument Shared(IReadOnlyDictionary<string, string> settings) =>
        new(
            settings.Select(setting => new BsonElement(
                $"{ClusterDocuments.Settings}.{setting.Key}",
                setting.Value
            ))
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
