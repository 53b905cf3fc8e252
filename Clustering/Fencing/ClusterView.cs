using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// What this silo knows of the cluster's members: by the table as it last read it, by what it has itself written or
/// tried to write into it, and by newcomers that introduced themselves.
/// </summary>
/// <remarks>
/// <para>It is what lets silos go on by each other's word when none of them can read the table. A silo is dead when
/// somebody has written so, and nobody writes but silos. So a silo S is alive at a moment when, asked after it, every
/// silo that could have written says that it has not. Which could have?</para>
/// <para>Those that S knows, or that one of those knows: S asks them all. A newcomer N that none of them knows has
/// entered the table after each of them last read it. N writes nobody's death before every silo that the table has for
/// alive knows N, or else before <see cref="ClusterTimings.OutageLimit"/> has passed since it entered
/// (<see cref="MayDeclareDeath"/>). In the one case S asks N. In the other S last read the table longer ago than that,
/// and does not go by the others' word any more (<see cref="MayAskOthers"/>): S counts that time by the larger of its
/// clocks, N by the smaller of its own.</para>
/// <para>A silo that tried to write counts as having written, even if it heard that it had not, until the table that it
/// reads has come to the version that the write would have made: after that the write cannot happen any more, however
/// late it arrives. One that has written and then crashed gives no word, and S is not confirmed.</para>
/// <para>One death is written without asking: that of an earlier process at the same address and port, which the
/// newcomer could not listen at if it were alive.</para>
/// </remarks>
internal sealed class ClusterView(IOptions<ClusterTimings> timings, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly HashSet<SiloAddress> _dead = [];
    private readonly Dictionary<SiloAddress, int> _attempts = [];
    private readonly HashSet<SiloAddress> _introduced = [];
    private readonly HashSet<SiloAddress> _met = [];
    private HashSet<SiloAddress> _alive = [];
    private HashSet<SiloAddress>? _toMeet;
    private int _version = -1;
    private bool _isMember;
    private readonly Dictionary<SiloAddress, SafeWait> _declaredDead = [];
    private ClockReading? _lastRead;
    private ClockReading? _entered;
    private SafeWait? _sinceEntry;

    /// <summary>The table was read.</summary>
    /// <param name="table">What it said.</param>
    /// <param name="self">This silo.</param>
    /// <param name="asOf">When the reading began.</param>
    /// <returns>Whether this silo is a member in it; null when it has not entered yet.</returns>
    public bool? Read(MembershipTableData table, SiloAddress self, ClockReading asOf)
    {
        lock (_lock)
        {
            foreach ((MembershipEntry entry, _) in table.Members)
            {
                _introduced.Remove(entry.SiloAddress);
                if (
                    entry.Status == SiloStatus.Dead
                    && _dead.Add(entry.SiloAddress)
                    && !HasLeftByItself(entry)
                )
                    _declaredDead[entry.SiloAddress] = new(clock);
            }
            // This silo's own row tells that it has entered, though the answer to its insertion may have been lost.
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
                _isMember = own is { } member && MayAnswer(member.Entry.Status);
                _alive =
                [
                    .. table
                        .Members.Select(member => member.Item1)
                        .Where(entry =>
                            entry.Status != SiloStatus.Dead && !entry.SiloAddress.Equals(self)
                        )
                        .Select(entry => entry.SiloAddress),
                ];
            }
            if (isAfterEntry)
                _toMeet ??= [.. _alive];
            _toMeet?.ExceptWith(_dead);

            if (own is { } row)
                return MayAnswer(row.Entry.Status);
            return isAfterEntry ? false : null;
        }
    }

    /// <summary>Whether a silo may answer for its grains when the table has this for its status.</summary>
    /// <remarks>
    /// A silo that shuts down in order still may: the directory goes on asking it for its activations when a range of
    /// the directory has to be recovered. One that stops without waiting (<see cref="SiloStatus.Stopping"/>) is not
    /// asked any more, so that its grains may be activated elsewhere at any moment.
    /// </remarks>
    public static bool MayAnswer(SiloStatus status) =>
        status is not (SiloStatus.Stopping or SiloStatus.Dead);

    /// <summary>This silo has entered the table, then or before.</summary>
    public void Entered(ClockReading moment)
    {
        lock (_lock)
            EnteredBy(moment);
    }

    /// <summary>
    /// How long a grain that this silo activates now has to wait, at least, before it reads its state: until the fence
    /// of each silo that was declared dead has closed for certain. Zero when there is none to wait for.
    /// </summary>
    /// <remarks>
    /// <para>A silo X that was declared dead stops to answer no later than <see cref="ClusterTimings.Fence"/> after the
    /// declaration was written. This silo read the declaration later than that, and waits
    /// <see cref="ClusterTimings.Takeover"/> from then on, by the slower of its clocks.</para>
    /// <para>A silo that left by itself closed its fence before it wrote so: nobody waits for that one, so that a
    /// restart in order costs no wait.</para>
    /// </remarks>
    public TimeSpan UntilTakeover()
    {
        lock (_lock)
        {
            TimeSpan longest = TimeSpan.Zero;
            foreach ((SiloAddress silo, SafeWait since) in _declaredDead)
            {
                TimeSpan remaining = since.Remaining(timings.Value.Takeover);
                if (remaining == TimeSpan.Zero)
                    _declaredDead.Remove(silo);
                else if (remaining > longest)
                    longest = remaining;
            }
            return longest;
        }
    }

    /// <summary>A newcomer has entered the table, which this silo may not have read since.</summary>
    public void Introduce(SiloAddress newcomer)
    {
        lock (_lock)
        {
            if (!_alive.Contains(newcomer) && !_dead.Contains(newcomer))
                _introduced.Add(newcomer);
        }
    }

    /// <summary>This silo begins to write that another is dead.</summary>
    /// <param name="silo">The other.</param>
    /// <param name="version">The version of the table that the write makes.</param>
    public void DeclaresDead(SiloAddress silo, int version)
    {
        lock (_lock)
            _attempts[silo] = Math.Max(version, _attempts.GetValueOrDefault(silo));
    }

    /// <summary>What this silo can say of another.</summary>
    public FenceTestimony Testify(SiloAddress about)
    {
        lock (_lock)
            return new(!_dead.Contains(about) && !_attempts.ContainsKey(about), [.. Others()]);
    }

    /// <summary>The silos that this one knows of and that may be alive.</summary>
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

    /// <summary>Whether the table was read recently enough to go by the others' word.</summary>
    public bool MayAskOthers
    {
        get
        {
            lock (_lock)
                return _lastRead is not null
                    && _lastRead.AtMostElapsed(clock) < timings.Value.OutageLimit;
        }
    }

    /// <summary>Those that this silo has to introduce itself to.</summary>
    public IReadOnlyCollection<SiloAddress> ToMeet()
    {
        lock (_lock)
            return [.. (_toMeet ?? []).Except(_met)];
    }

    /// <summary>That silo knows this one.</summary>
    public void Met(SiloAddress silo)
    {
        lock (_lock)
            _met.Add(silo);
    }

    /// <summary>Whether this silo may write that another is dead.</summary>
    /// <remarks>
    /// One that is not a member itself, as it last read the table, may not: others do not ask it for its word. A death of
    /// its own that was written after that reading makes another version of the table, and the write fails.
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
                        _toMeet is not null && _toMeet.IsSubsetOf(_met)
                        || _sinceEntry.IsOver(timings.Value.OutageLimit + timings.Value.Takeover)
                    );
            }
        }
    }

    private void EnteredBy(ClockReading moment)
    {
        _entered ??= moment;
        _sinceEntry ??= new(clock);
    }

    /// <summary>Whether a dead silo wrote itself that it is, after it had closed its fence.</summary>
    /// <remarks>As Orleans itself tells: who writes a silo's death stands in its row among those who suspected it.</remarks>
    public static bool HasLeftByItself(MembershipEntry entry) =>
        (entry.SuspectTimes ?? []).Exists(suspect => suspect.Item1.Equals(entry.SiloAddress));

    private IEnumerable<SiloAddress> Others() => _alive.Union(_introduced).Except(_dead);
}
