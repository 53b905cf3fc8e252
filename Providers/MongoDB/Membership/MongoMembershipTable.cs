using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Configuration;
using SessionAuth.Providers.Membership;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>The membership table: every write is conditional on the version of the table and that of the row.</summary>
internal sealed class MongoMembershipTable(
    IMongoClientFactory clients,
    IOptions<MongoDBMembershipTableOptions> options,
    IOptions<ClusterOptions> cluster,
    MongoStart start
) : CancellableMembershipTable, ISharedSettings
{
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
            token =>
                tryInitTableVersion
                    ? Documents.Make(ClusterDocument.Empty(), token)
                    : Documents.Read(token),
            cancellationToken
        );

    public override Task DeleteMembershipTableEntriesAsync(
        string clusterId,
        CancellationToken cancellationToken
    ) => Documents.Delete(clusterId, cancellationToken);

    public override async Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken
    )
    {
        // Not only dead silos, as in Orleans' own providers: a silo that crashed while joining or stopping may never be
        // declared dead, and its row would be kept and probed for ever. Should it be alive after all, it finds its row
        // gone and closes its fence. An active silo has to be declared dead first: only that starts the takeover hold.
        MembershipTableData table = await ReadAllAsync(cancellationToken);
        foreach ((MembershipEntry entry, string etag) in table.Members)
        {
            if (
                entry.Status != SiloStatus.Active
                && MemberDocument.LastSign(entry) < beforeDate.UtcDateTime
            )
                await Remove(entry, etag, cancellationToken);
        }
    }

    public override async Task<MembershipTableData> ReadRowAsync(
        SiloAddress key,
        CancellationToken cancellationToken
    )
    {
        MembershipTableData table = await ReadAllAsync(cancellationToken);
        return table.TryGet(key) is { } row ? new(row, table.Version) : new(table.Version);
    }

    public override async Task<MembershipTableData> ReadAllAsync(
        CancellationToken cancellationToken
    ) => ClusterDocument.Table(await Documents.Read(cancellationToken));

    public override Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    ) =>
        Write(
            entry,
            tableVersion,
            ClusterDocument.HasRow(entry.SiloAddress, false).Merge(ClusterDocument.Of(_shared)),
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
            new BsonDocument(ClusterDocument.Path(entry.SiloAddress, MemberDocument.ETag), etag),
            cancellationToken
        );

    public override Task UpdateIAmAliveAsync(
        MembershipEntry entry,
        CancellationToken cancellationToken
    ) =>
        Documents.Change(
            ClusterDocument.HasRow(entry.SiloAddress, true),
            Set(
                new(
                    ClusterDocument.Path(entry.SiloAddress, MemberDocument.IAmAliveTime),
                    MemberDocument.Date(entry.IAmAliveTime)
                )
            ),
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
                await Documents.Change(
                    ClusterDocument.WithoutSettings,
                    Set(ClusterDocument.Of(own)),
                    token
                );
                read = ClusterDocument.SharedSettings(await Documents.Read(token));
            },
            cancellationToken
        );
        return read!;
    }

    /// <inheritdoc/>
    public Task<bool> Replace(
        IReadOnlyDictionary<string, string> own,
        SharedSettings read,
        CancellationToken cancellationToken
    )
    {
        BsonDocument change = ClusterDocument.Of(own);
        change.Add(ClusterDocument.VersionETag, ClusterDocument.NewETag());
        return Documents.Change(
            new(ClusterDocument.VersionETag, read.TableVersion),
            Set(change),
            cancellationToken
        );
    }

    private async Task<bool> Write(
        MembershipEntry entry,
        TableVersion tableVersion,
        BsonDocument rowIsAsExpected,
        CancellationToken cancellationToken
    )
    {
        string version = ClusterDocument.NewETag();
        BsonDocument row = MemberDocument.From(entry, ClusterDocument.NewETag());
        try
        {
            return await Documents.Change(
                new BsonDocument(ClusterDocument.VersionETag, tableVersion.VersionEtag).Merge(
                    rowIsAsExpected
                ),
                Set(
                    new()
                    {
                        { ClusterDocument.Path(entry.SiloAddress), row },
                        { ClusterDocument.Version, tableVersion.Version },
                        { ClusterDocument.VersionETag, version },
                    }
                ),
                cancellationToken
            );
        }
        catch (Exception e) when (MongoFailure.IsTransient(e))
        {
            // The outcome is unknown; the etag of the version is unique, so that a read can tell.
            MembershipTableData stored = await ReadAllAsync(cancellationToken);
            if (stored.Version.VersionEtag == version)
                return true;
            throw;
        }
    }

    private Task<bool> Remove(
        MembershipEntry entry,
        string etag,
        CancellationToken cancellationToken
    ) =>
        Documents.Change(
            new()
            {
                { ClusterDocument.Path(entry.SiloAddress, MemberDocument.ETag), etag },
                // A silo's update of IAmAliveTime does not change the etag of its row.
                {
                    ClusterDocument.Path(entry.SiloAddress, MemberDocument.IAmAliveTime),
                    MemberDocument.Date(entry.IAmAliveTime)
                },
            },
            new("$unset", new BsonDocument(ClusterDocument.Path(entry.SiloAddress), "")),
            cancellationToken
        );

    private static BsonDocument Set(BsonDocument members) => new("$set", members);
}
