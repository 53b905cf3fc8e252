using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Sessions;

namespace SessionAuth.Grains.Leases;

/// <summary>The leases that this silo has granted, and the recalls from their holders.</summary>
/// <remarks>
/// The rules are <see cref="GrantedLease"/>'s. Sessions register their holders themselves, in memory; this class knows
/// which holders have a lease, tells them what to drop, and how long to wait for them.
/// </remarks>
internal sealed class SiloLeases : ILeaseSilo, IGrantedLeases, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly IGrainFactory _grains;
    private readonly SessionUses _uses;
    private readonly ISiloMembership? _membership;
    private readonly TimeProvider _clock;
    private readonly LeaseOptions _options;
    private readonly LeaseRules _rules;
    private readonly LeaseMeters _meters;
    private readonly ILogger<SiloLeases> _logger;
    private readonly ConcurrentDictionary<HolderId, LeaseHolder> _holders = new();
    private long _version;
    private volatile ILeaseSilo? _reference;
    private volatile bool _stopped;

    public SiloLeases(
        IGrainFactory grains,
        SessionUses uses,
        IEnumerable<ISiloMembership> membership,
        TimeProvider clock,
        IOptions<LeaseOptions> options,
        LeaseMeters meters,
        ILogger<SiloLeases> logger
    )
    {
        _grains = grains;
        _uses = uses;
        _membership = membership.SingleOrDefault();
        _clock = clock;
        _options = options.Value;
        _rules = options.Value.Rules;
        _meters = meters;
        _logger = logger;
    }

    /// <summary>This run of the silo.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Where holders ask for leases; null when there are none to be had.</summary>
    public ILeaseSilo? Entry => _options.Use == LeaseUse.On && !_stopped ? _reference : null;

    // Not when a session first needs it: a grain cannot make a reference. Orleans holds observers weakly; this one lives
    // as long as the silo.
    void ILifecycleParticipant<ISiloLifecycle>.Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            nameof(SiloLeases),
            ServiceLifecycleStage.BecomeActive,
            _ =>
            {
                _reference = _grains.CreateObjectReference<ILeaseSilo>(this);
                return Task.CompletedTask;
            }
        );

    /// <summary>A version greater than all that this silo has given out.</summary>
    public long NextVersion() => Interlocked.Increment(ref _version);

    /// <summary>Whether a holder has a lease, so that it may be given copies.</summary>
    public bool HasLease(HolderId holder) =>
        _holders.TryGetValue(holder, out LeaseHolder? known) && !known.HasPassed(Now);

    /// <summary>
    /// Recalls a session from its holders. Completes when each has dropped its copy or has no lease any more.
    /// </summary>
    /// <param name="holders">The holders that were given a copy.</param>
    /// <param name="recall">What they drop.</param>
    public async Task Recall(IReadOnlyCollection<HolderId> holders, StandingRecall recall)
    {
        if (holders.Count == 0)
            return;

        long began = _clock.GetTimestamp();
        await Task.WhenAll(
            holders.Select(holder =>
                _holders.TryGetValue(holder, out LeaseHolder? known)
                    ? known.Recall(recall)
                    // It was forgotten, because its lease had passed.
                    : Task.CompletedTask
            )
        );
        _meters.Recalled(holders.Count, _clock.GetElapsedTime(began));
    }

    public Task<LeaseGrant?> Renew(LeaseRequest request)
    {
        if (_stopped || _options.Use == LeaseUse.Off)
            return Task.FromResult<LeaseGrant?>(null);

        Forget(except: request.Holder);
        if (!_holders.ContainsKey(request.Holder) && _holders.Count >= _options.MaxHolders)
            return Task.FromResult<LeaseGrant?>(null);

        LeaseHolder holder = _holders.GetOrAdd(
            request.Holder,
            static (_, silo) =>
                new(silo.Id, silo._options, silo._rules, silo._clock, silo._meters, silo._logger),
            this
        );
        LeaseGrant? grant = holder.Renew(request.Reference, _membership?.CertainFor);
        _uses.Report(request.Uses);
        // Stopped meanwhile: whoever waits for the leases to pass may not have seen this one.
        return Task.FromResult(_stopped ? null : grant);
    }

    public Task GiveBack(HolderId holder)
    {
        if (_holders.TryGetValue(holder, out LeaseHolder? known))
            known.GiveBack();
        return Task.CompletedTask;
    }

    public async Task StopAndWait()
    {
        _stopped = true;
        foreach (LeaseHolder holder in _holders.Values)
            await holder.UntilPassed();
    }

    private TimeSpan Now => _clock.GetElapsedTime(0);

    // A holder whose lease has passed begins anew when it comes back.
    private void Forget(HolderId except)
    {
        TimeSpan now = Now;
        foreach ((HolderId id, LeaseHolder holder) in _holders)
        {
            if (id != except && holder.TryForget(now))
                _holders.TryRemove(new(id, holder));
        }
    }
}
