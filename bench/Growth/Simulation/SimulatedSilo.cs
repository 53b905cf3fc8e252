using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>The leases of a silo, as <c>SiloLeases</c> grants them. The rules are <see cref="GrantedLease"/>'s.</summary>
internal sealed class SimulatedSilo(Timeline timeline, SimulatedClock clock, MessageCounts counts)
    : ILeaseSilo
{
    private static readonly TimeSpan s_fence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_readInterval = s_fence / 3;

    private readonly Dictionary<HolderId, SimulatedLease> _holders = [];

    // When it reads the membership table.
    private readonly TimeSpan _readOffset = s_readInterval * Random.Shared.NextDouble();
    private long _version;

    public Guid Id { get; } = Guid.NewGuid();

    public long NextVersion() => ++_version;

    public bool HasLease(HolderId holder) =>
        _holders.TryGetValue(holder, out SimulatedLease? known) && !known.HasPassed;

    public Task<LeaseGrant?> Renew(LeaseRequest request)
    {
        if (!_holders.TryGetValue(request.Holder, out SimulatedLease? holder))
            _holders[request.Holder] = holder = new(Id, request.Reference, timeline, clock, counts);
        return Task.FromResult(holder.Renew(CertainFor));
    }

    public Task GiveBack(HolderId holder) => Task.CompletedTask;

    /// <summary>Recalls a session from its holders, and says when none of them uses a copy any more.</summary>
    public void Recall(IReadOnlyCollection<HolderId> holders, StandingRecall recall, Action dropped)
    {
        int left = holders.Count;
        foreach (HolderId holder in holders)
        {
            _holders[holder]
                .Recall(
                    recall,
                    () =>
                    {
                        if (--left == 0)
                            dropped();
                    }
                );
        }
        if (holders.Count == 0)
            dropped();
    }

    private TimeSpan CertainFor =>
        s_fence - new TimeSpan((clock.Now + _readOffset).Ticks % s_readInterval.Ticks);
}
