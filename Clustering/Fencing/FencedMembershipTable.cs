using Microsoft.Extensions.Logging;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Providers.Membership;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Decorates the membership table with the fence: each read confirms this silo or closes its fence, and writes about
/// other silos are recorded, because those rely on this silo's reports.
/// </summary>
internal sealed partial class FencedMembershipTable(
    IMembershipTable table,
    Fence fence,
    ClusterView view,
    SharedTimings shared,
    MembershipLog log,
    Lazy<IGrantedLeases> leases,
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
        log.Read(read, Self);
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
            // The conflict may be with a silo that has other timings: then Orleans' retries must end with an error.
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

        // The other silos take its grains over at once, without a hold, so it stops answering before it writes, and
        // waits for those who answer by its leases.
        if (!MembershipRows.MayAnswer(entry.Status))
        {
            fence.Close();
            await leases.Value.StopAndWait();
        }
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
        "The silo {Silo} does not answer, but may be alive and not know of this new silo: it is not declared dead yet"
    )]
    private partial void LogTooNew(SiloAddress silo);
}
