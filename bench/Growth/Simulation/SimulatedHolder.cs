using SessionAuth.Checks;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>A front end: what it holds is kept by the product's own classes.</summary>
internal sealed class SimulatedHolder : ILeaseHolder
{
    private const int MostUsesPerRenewal = 10_000;

    private readonly CopyStore _copies = new(int.MaxValue);
    private readonly Dictionary<Guid, HeldSilo> _silos;
    private readonly Timeline _timeline;
    private readonly SimulatedClock _clock;
    private readonly MessageCounts _counts;

    public SimulatedHolder(
        IEnumerable<SimulatedSilo> silos,
        Timeline timeline,
        SimulatedClock clock,
        MessageCounts counts
    )
    {
        _silos = silos.ToDictionary(
            silo => silo.Id,
            silo => new HeldSilo(silo.Id, silo, _copies, LeaseRules.Default, clock)
        );
        _timeline = timeline;
        _clock = clock;
        _counts = counts;
    }

    public HolderId Id { get; } = new(Guid.NewGuid());

    /// <summary>Whether its process is suspended.</summary>
    public bool IsStopped { get; set; }

    public Task Recall(Guid silo, IReadOnlyList<StandingRecall> recalls)
    {
        _silos[silo].Recall(recalls);
        return Task.CompletedTask;
    }

    /// <summary>Renews the leases from all silos, in messages.</summary>
    public void Renew()
    {
        if (IsStopped)
            return;
        foreach (HeldSilo silo in _silos.Values)
        {
            ClockReading asked = _clock.Read();
            LeaseRequest request = Request(silo, asked, out IReadOnlyList<Copy> used);
            _timeline.Send(() =>
            {
                LeaseGrant? grant = silo.Entry.Renew(request).Result;
                _timeline.Send(() => Take(silo, grant, used, asked));
            });
        }
    }

    /// <summary>The same at once, while the cluster is being filled.</summary>
    public void RenewAtOnce()
    {
        foreach (HeldSilo silo in _silos.Values)
        {
            ClockReading asked = _clock.Read();
            LeaseRequest request = Request(silo, asked, out IReadOnlyList<Copy> used);
            Take(silo, silo.Entry.Renew(request).Result, used, asked);
        }
    }

    /// <summary>Checks a session, and asks its silo when there is no copy that answers.</summary>
    public void Check(SimulatedSession session)
    {
        if (IsStopped)
            return;
        _counts.Checks++;
        if (
            _copies.TryGet(session.Id, out Copy? copy)
            && session.Token.Remember(copy)?.Answer(_clock) is not null
        )
            return;

        ClockReading asked = _clock.Read();
        _counts.Questions++;
        _timeline.Send(() =>
        {
            LeasedCheck check = session.CheckFor(Id);
            _timeline.Send(() => Keep(session, check, asked));
        });
    }

    /// <summary>Takes a copy at once, while the cluster is being filled.</summary>
    public void Fill(SimulatedSession session)
    {
        ClockReading asked = _clock.Read();
        _clock.Now += TimeSpan.FromTicks(1);
        Keep(session, session.CheckFor(Id), asked);
    }

    private void Keep(SimulatedSession session, LeasedCheck check, ClockReading asked)
    {
        if (check.Copy is { } copy)
            _silos[check.Silo].Keep(session.Id, copy, asked);
    }

    private LeaseRequest Request(HeldSilo silo, ClockReading asked, out IReadOnlyList<Copy> used)
    {
        used = silo.TakeUsed(MostUsesPerRenewal);
        _counts.Renewals++;
        _counts.Uses += used.Count;
        SessionUse[] uses =
        [
            .. used.Select(copy => new SessionUse(copy.Session, asked.Monotonic - copy.LastUse)),
        ];
        return new(Id, this, uses);
    }

    private static void Take(
        HeldSilo silo,
        LeaseGrant? grant,
        IReadOnlyList<Copy> used,
        ClockReading asked
    )
    {
        foreach (Copy copy in used)
            copy.Reported(asked.Monotonic);
        if (grant is not null && silo.Take(grant, asked))
            throw new InvalidOperationException("A lease passed before it was renewed.");
    }
}
