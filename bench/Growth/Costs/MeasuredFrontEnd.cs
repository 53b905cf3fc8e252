using SessionAuth.Bench.Clusters;
using SessionAuth.Checks;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Costs;

/// <summary>
/// A front end in this process, with connections of its own, that sends what front ends send, one message at a time: in
/// a cluster they come one by one.
/// </summary>
internal sealed class MeasuredFrontEnd : ILeaseHolder, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CopyStore _copies = new(int.MaxValue);
    private readonly Dictionary<Guid, HeldSilo> _silos = [];

    // Orleans holds observers weakly: this one lives as long as it is measured.
    private readonly ILeaseHolder _reference;

    private MeasuredFrontEnd(IHost host)
    {
        _host = host;
        Grains = host.Services.GetRequiredService<IGrainFactory>();
        _reference = Grains.CreateObjectReference<ILeaseHolder>(this);
    }

    public IGrainFactory Grains { get; }

    public HolderId Id { get; } = new(Guid.NewGuid());

    /// <summary>The silos that it knows.</summary>
    public IReadOnlyCollection<HeldSilo> Silos => _silos.Values;

    public static async Task<MeasuredFrontEnd> Start(BenchCluster cluster) =>
        new(await cluster.Connect());

    /// <summary>Asks the silo of a session for a lease; which silo that is.</summary>
    public async Task<Guid> Meet(MeasuredSession session)
    {
        // As a holder that has no lease yet.
        LeasedCheck check = await Grains
            .Session(session.Id)
            .CheckFor(session.User, 1, new(Guid.NewGuid()));
        if (!_silos.ContainsKey(check.Silo))
        {
            _silos[check.Silo] = new(
                check.Silo,
                check.LeaseFrom!,
                _copies,
                LeaseRules.Default,
                TimeProvider.System
            );
        }
        return check.Silo;
    }

    public async Task Renew(HeldSilo silo, int times, IReadOnlyList<SessionUse> uses)
    {
        for (int i = 0; i < times; i++)
        {
            ClockReading asked = TimeProvider.System.Read();
            if (await silo.Entry.Renew(new(Id, _reference, uses)) is { } grant)
                silo.Take(grant, asked);
        }
    }

    /// <summary>Makes a silo know other holders, until their leases pass.</summary>
    public Task AddHolders(HeldSilo silo, IEnumerable<HolderId> holders) =>
        Task.WhenAll(holders.Select(holder => silo.Entry.Renew(new(holder, _reference, []))));

    public async Task Ask(IEnumerable<MeasuredSession> sessions)
    {
        foreach (MeasuredSession session in sessions)
        {
            ClockReading asked = TimeProvider.System.Read();
            LeasedCheck check = await Grains.Session(session.Id).CheckFor(session.User, 1, Id);
            if (check.Copy is { } copy)
                _silos[check.Silo].Keep(session.Id, copy, asked);
        }
    }

    /// <summary>Lets a silo recall sessions from it.</summary>
    public Task RecallFrom(IMessageGrain silo, int times) =>
        silo.Recall(_reference, _silos.Keys.First(), times);

    public Task Recall(Guid silo, IReadOnlyList<StandingRecall> recalls)
    {
        _silos[silo].Recall(recalls);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
