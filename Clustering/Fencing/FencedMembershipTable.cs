using Microsoft.Extensions.Logging;
using SessionAuth.Clustering.Timing;
using SessionAuth.Providers.Membership;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// The membership table, with the fence at its door: what is read confirms this silo or closes it, and what it writes
/// about others is remembered, since others go by its word.
/// </summary>
internal sealed partial class FencedMembershipTable(
    IMembershipTable table,
    Fence fence,
    ClusterView view,
    SharedTimings shared,
    MembershipNews news,
    ILocalSiloDetails local,
    ILogger<FencedMembershipTable> logger
) : CancellableMembershipTable
{
    private SiloAddress Self => local.SiloAddress;

    public override async Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken
    )
    {
        await table.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);
        await shared.Agree(table, cancellationToken);
    }

    public override Task DeleteMembershipTableEntriesAsync(
        string clusterId,
        CancellationToken cancellationToken
    ) => table.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken);

    public override Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken
    ) => table.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken);

    public override Task<MembershipTableData> ReadRowAsync(
        SiloAddress key,
        CancellationToken cancellationToken
    ) => table.ReadRowAsync(key, cancellationToken);

    public override Task UpdateIAmAliveAsync(
        MembershipEntry entry,
        CancellationToken cancellationToken
    ) => table.UpdateIAmAliveAsync(entry, cancellationToken);

    public override async Task<MembershipTableData> ReadAllAsync(
        CancellationToken cancellationToken
    )
    {
        ClockReading asOf = fence.Now();
        MembershipTableData read = await table.ReadAllAsync(cancellationToken);
        news.Read(read, Self);
        switch (view.Read(read, Self, asOf))
        {
            case true:
                fence.Confirm(asOf);
                break;
            case false:
                fence.Close();
                break;
        }
        return read;
    }

    public override async Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    )
    {
        bool inserted = await table.InsertRowAsync(entry, tableVersion, cancellationToken);
        if (!entry.SiloAddress.Equals(Self))
            return inserted;
        if (inserted)
            view.Entered(fence.Now());
        else
            // Where another cluster's timings are the reason, trying again would not help.
            await shared.Agree(table, cancellationToken);
        return inserted;
    }

    public override async Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    )
    {
        if (!entry.SiloAddress.Equals(Self))
        {
            return entry.Status == SiloStatus.Dead
                ? await DeclareDead(entry, etag, tableVersion, cancellationToken)
                : await table.UpdateRowAsync(entry, etag, tableVersion, cancellationToken);
        }

        // Others take this silo's grains over at once, without a hold: it must not answer for them any more.
        if (!ClusterView.MayAnswer(entry.Status))
            fence.Close();
        bool updated = await table.UpdateRowAsync(entry, etag, tableVersion, cancellationToken);
        if (updated)
            view.Entered(fence.Now());
        return updated;
    }

    private async Task<bool> DeclareDead(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    )
    {
        SiloAddress silo = entry.SiloAddress;
        bool isPredecessor = silo.Endpoint.Equals(Self.Endpoint);
        if (!isPredecessor && !view.MayDeclareDeath)
        {
            LogTooNew(silo);
            return false;
        }

        view.DeclaresDead(silo, tableVersion.Version);
        return await table.UpdateRowAsync(entry, etag, tableVersion, cancellationToken);
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "{Silo} does not answer, but may be alive without knowing of this silo. It is not given up yet"
    )]
    private partial void LogTooNew(SiloAddress silo);
}
