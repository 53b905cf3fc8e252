using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// What this silo knows of the cluster's members: from the membership table as last read, from its own writes and
/// attempted writes to it, and from newcomers that introduced themselves.
/// </summary>
/// <remarks>
/// <para>It lets silos confirm one another while none of them can read the table. A silo is dead once its death is
/// written to the table, and only silos write to it. So a silo S was alive at a given moment if every silo that could
/// have written its death reports, when asked after that moment, that it has not. Which silos are those?</para>
/// <para>Those that S knows, or that one of those knows: S asks them all. A newcomer N that none of them knows entered
/// the table after each of them last read it. N declares no silo dead before every silo that is alive in the table
/// knows N, or else before <see cref="ClusterTimings.OutageLimit"/> has passed since it entered
/// (<see cref="MayDeclareDeath"/>). In the first case S asks N. In the second, S last read the table longer ago than
/// that limit and no longer relies on its peers (<see cref="MayRelyOnPeers"/>): S measures by the larger of its clocks,
/// N by the smaller of its own.</para>
/// <para>An attempted write counts as written, even when its answer was a failure, until this silo reads the table at
/// the version that the write would have made, or a later one: from then on its version check fails, however late it
/// arrives. A silo that wrote and then crashed sends no report, and S is not confirmed.</para>
/// <para>One death is declared without waiting: that of an earlier process at the same IP address and port, on which
/// the newcomer could not listen if that process were alive.</para>
/// </remarks>
internal sealed class ClusterView(IOptions<ClusterTimings> timings, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly HashSet<SiloAddress> _dead = [];
    private readonly Dictionary<SiloAddress, int> _attempts = [];
    private readonly HashSet<SiloAddress> _newcomers = [];
    private readonly HashSet<SiloAddress> _introducedTo = [];
    private HashSet<SiloAddress> _alive = [];
    private HashSet<SiloAddress>? _toIntroduceTo;
    private int _version = -1;
    private bool _isMember;
    private readonly TakeoverWaits _takeovers = new(timings.Value, clock);
    private ClockReading? _lastRead;
    private ClockReading? _entered;
    private SafeWait? _sinceEntry;

    /// <summary>Records a read of the table.</summary>
    /// <param name="table">The rows that were read.</param>
    /// <param name="self">This silo.</param>
    /// <param name="asOf">When the read began.</param>
    /// <returns>Whether this silo is a member in the table; null when it has not entered yet.</returns>
    public bool? Read(MembershipTableData table, SiloAddress self, ClockReading asOf)
    {
        lock (_lock)
        {
            foreach ((MembershipEntry entry, _) in table.Members)
            {
                _newcomers.Remove(entry.SiloAddress);
                if (
                    entry.Status == SiloStatus.Dead
                    && _dead.Add(entry.SiloAddress)
                    && !MembershipRows.HasLeftByItself(entry)
                )
                    _takeovers.Begin();
            }
            // The answer to its insertion may have been lost: this silo's own row also shows that it has entered.
            (MembershipEntry Entry, string)? own = table.TryGet(self)?.ToValueTuple();
            if (own is not null)
                EnteredBy(ClockReading.Now(clock));
            bool isAfterEntry =
                own is not null || _entered is not null && _entered.Timestamp <= asOf.Timestamp;
            foreach ((SiloAddress silo, int version) in _attempts)
            {
                if (table.Version.Version >= version)
                    _attempts.Remove(silo);
            }
            if (_lastRead is null || _lastRead.Timestamp < asOf.Timestamp)
                _lastRead = asOf;
            if (table.Version.Version >= _version)
            {
                _version = table.Version.Version;
                _isMember = own is { } member && MembershipRows.MayAnswer(member.Entry.Status);
                _alive = MembershipRows.AliveBeside(self, table);
            }
            if (isAfterEntry)
                _toIntroduceTo ??= [.. _alive];
            _toIntroduceTo?.ExceptWith(_dead);

            if (own is { } row)
                return MembershipRows.MayAnswer(row.Entry.Status);
            return isAfterEntry ? false : null;
        }
    }

    /// <summary>Records that this silo has entered the table.</summary>
    /// <param name="atLatest">A moment at which it had.</param>
    public void Entered(ClockReading atLatest)
    {
        lock (_lock)
            EnteredBy(atLatest);
    }

    /// <inheritdoc cref="TakeoverWaits.Longest"/>
    public TimeSpan UntilTakeover()
    {
        lock (_lock)
            return _takeovers.Longest();
    }

    /// <summary>Records a newcomer that entered the table, perhaps after this silo last read it.</summary>
    public void AddNewcomer(SiloAddress newcomer)
    {
        lock (_lock)
        {
            if (!_alive.Contains(newcomer) && !_dead.Contains(newcomer))
                _newcomers.Add(newcomer);
        }
    }

    /// <summary>Records that this silo is about to declare another dead.</summary>
    /// <param name="silo">The other silo.</param>
    /// <param name="version">The version of the table that the write would make.</param>
    public void DeclaresDead(SiloAddress silo, int version)
    {
        lock (_lock)
            _attempts[silo] = Math.Max(version, _attempts.GetValueOrDefault(silo));
    }

    /// <summary>What this silo knows about another.</summary>
    public PeerReport ReportOn(SiloAddress silo)
    {
        lock (_lock)
            return new(!_dead.Contains(silo) && !_attempts.ContainsKey(silo), [.. Others()]);
    }

    /// <summary>The other silos that this one knows of and that may be alive.</summary>
    public IReadOnlyCollection<SiloAddress> Known()
    {
        lock (_lock)
            return [.. Others()];
    }

    /// <summary>Whether that silo is not known to be dead.</summary>
    public bool MayBeAlive(SiloAddress silo)
    {
        lock (_lock)
            return !_dead.Contains(silo);
    }

    /// <summary>Whether the table was read recently enough to rely on the reports of other silos.</summary>
    public bool MayRelyOnPeers
    {
        get
        {
            lock (_lock)
                return _lastRead is not null
                    && _lastRead.AtMostElapsed(clock) < timings.Value.OutageLimit;
        }
    }

    /// <summary>The silos to which this one still has to introduce itself.</summary>
    public IReadOnlyCollection<SiloAddress> PendingIntroductions()
    {
        lock (_lock)
            return [.. (_toIntroduceTo ?? []).Except(_introducedTo)];
    }

    /// <summary>Records that another silo knows this one.</summary>
    public void IntroducedTo(SiloAddress silo)
    {
        lock (_lock)
            _introducedTo.Add(silo);
    }

    /// <summary>Whether this silo may declare another dead.</summary>
    /// <remarks>
    /// It may not when, as it last read the table, it is not a member itself: other silos do not ask it for reports. If
    /// its own death was written after that read, the table has another version, and the write fails.
    /// </remarks>
    public bool MayDeclareDeath
    {
        get
        {
            lock (_lock)
            {
                return _isMember
                    && _sinceEntry is not null
                    && (
                        _toIntroduceTo is not null && _toIntroduceTo.IsSubsetOf(_introducedTo)
                        || _sinceEntry.IsOver(timings.Value.OutageLimit + timings.Value.Takeover)
                    );
            }
        }
    }

    private void EnteredBy(ClockReading atLatest)
    {
        _entered ??= atLatest;
        _sinceEntry ??= new(clock);
    }

    private IEnumerable<SiloAddress> Others() => _alive.Union(_newcomers).Except(_dead);
}
