using SessionAuth.Providers.Membership;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>A membership table in memory, into which a test writes the rows of other silos.</summary>
public class InjectedTable : CancellableMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, MembershipEntry> _rows = [];
    private int _version;

    /// <summary>The number of reads that have begun.</summary>
    public int Reads { get; private set; }

    /// <summary>Runs after a write was stored; throws to lose the answer.</summary>
    public Action<MembershipEntry> AfterWrite { get; set; } = _ => { };

    /// <summary>A read waits for this once it has begun.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <summary>Writes a row as another silo.</summary>
    public void Inject(SiloAddress silo, SiloStatus status, params SiloAddress[] suspectors)
    {
        lock (_lock)
        {
            _version++;
            _rows[silo] = new()
            {
                SiloAddress = silo,
                Status = status,
                SiloName = "",
                HostName = "",
                SuspectTimes =
                [
                    .. suspectors.Select(suspector => Tuple.Create(suspector, DateTime.UtcNow)),
                ],
            };
        }
    }

    /// <summary>The status of a silo in the table.</summary>
    public SiloStatus Status(SiloAddress silo)
    {
        lock (_lock)
            return _rows[silo].Status;
    }

    public override Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public override Task DeleteMembershipTableEntriesAsync(
        string clusterId,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public override Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public override async Task<MembershipTableData> ReadRowAsync(
        SiloAddress key,
        CancellationToken cancellationToken
    )
    {
        MembershipTableData all = await ReadAllAsync(cancellationToken);
        return all.TryGet(key) is { } row ? new(row, all.Version) : new(all.Version);
    }

    public override async Task<MembershipTableData> ReadAllAsync(
        CancellationToken cancellationToken
    )
    {
        MembershipTableData read;
        lock (_lock)
        {
            Reads++;
            read = new(
                [.. _rows.Values.Select(entry => Tuple.Create(Copy(entry), ETag))],
                new TableVersion(_version, ETag)
            );
        }
        await Reading;
        return read;
    }

    public override Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    ) => Write(entry, tableVersion, ETag, isNew: true);

    public override Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    ) => Write(entry, tableVersion, etag, isNew: false);

    public override Task UpdateIAmAliveAsync(
        MembershipEntry entry,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    private string ETag => $"{_version}";

    private Task<bool> Write(
        MembershipEntry entry,
        TableVersion tableVersion,
        string etag,
        bool isNew
    )
    {
        lock (_lock)
        {
            if (
                tableVersion.VersionEtag != ETag
                || etag != ETag
                || isNew == _rows.ContainsKey(entry.SiloAddress)
            )
                return Task.FromResult(false);
            _version = tableVersion.Version;
            _rows[entry.SiloAddress] = Copy(entry);
        }
        AfterWrite(entry);
        return Task.FromResult(true);
    }

    private static MembershipEntry Copy(MembershipEntry entry) =>
        new()
        {
            SiloAddress = entry.SiloAddress,
            Status = entry.Status,
            SiloName = entry.SiloName,
            HostName = entry.HostName,
            ProxyPort = entry.ProxyPort,
            StartTime = entry.StartTime,
            IAmAliveTime = entry.IAmAliveTime,
            SuspectTimes = [.. entry.SuspectTimes ?? []],
        };
}
