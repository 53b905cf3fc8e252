using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Checks;

/// <summary>
/// The leases of this process: one for each silo whose sessions it checks, renewed three times within its length.
/// </summary>
internal sealed partial class HeldLeases : BackgroundService, ILeaseHolder
{
    private const int MostUsesPerRenewal = 10_000;

    private readonly CopyStore _copies;
    private readonly CheckSettings _settings;
    private readonly CheckMeters _meters;
    private readonly TimeProvider _clock;
    private readonly ILogger<HeldLeases> _logger;
    private readonly ConcurrentDictionary<Guid, HeldSilo> _silos = new();
    private readonly Lazy<ILeaseHolder> _reference;
    private volatile bool _stopped;

    public HeldLeases(
        IGrainFactory grains,
        CopyStore copies,
        IOptions<CheckSettings> settings,
        CheckMeters meters,
        TimeProvider clock,
        ILogger<HeldLeases> logger
    )
    {
        _copies = copies;
        _settings = settings.Value;
        _meters = meters;
        _clock = clock;
        _logger = logger;
        // Orleans holds observers weakly: this one lives as long as the process.
        _reference = new(() => grains.CreateObjectReference<ILeaseHolder>(this));
    }

    /// <summary>This process.</summary>
    public HolderId Id { get; } = new(Guid.NewGuid());

    /// <summary>Takes the answer to a check: keeps the copy, or asks for the lease that it lacks.</summary>
    /// <param name="session">The session.</param>
    /// <param name="check">The answer.</param>
    /// <param name="asked">The time before the check was asked.</param>
    /// <returns>The copy; null when none was kept.</returns>
    public Copy? Take(SessionId session, LeasedCheck check, ClockReading asked)
    {
        if (_stopped)
            return null;
        if (check.Copy is { } copy && _silos.TryGetValue(check.Silo, out HeldSilo? silo))
            return silo.Keep(session, copy, asked);
        if (check.LeaseFrom is { } entry && !_silos.ContainsKey(check.Silo))
            Begin(check.Silo, entry);
        return null;
    }

    public Task Recall(Guid silo, IReadOnlyList<StandingRecall> recalls)
    {
        // Of a silo that is not known there are no copies, and none will be kept of what was asked before its lease.
        if (_silos.TryGetValue(silo, out HeldSilo? held))
            held.Recall(recalls);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_settings.RenewalInterval, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (HeldSilo silo in _silos.Values)
                Renew(silo).Ignore();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopped = true;
        await base.StopAsync(cancellationToken);
        foreach (HeldSilo silo in _silos.Values)
            silo.Close();
        await Task.WhenAll(_silos.Values.Select(silo => GiveBack(silo, cancellationToken)));
    }

    private void Begin(Guid id, ILeaseSilo entry)
    {
        HeldSilo silo = new(id, entry, _copies, _settings.Rules, _clock);
        if (_silos.TryAdd(id, silo))
            Renew(silo).Ignore();
    }

    private async Task Renew(HeldSilo silo)
    {
        ClockReading asked = _clock.Read();
        IReadOnlyList<Copy> used = silo.TakeUsed(MostUsesPerRenewal);
        SessionUse[] uses =
        [
            .. used.Select(copy => new SessionUse(copy.Session, asked.Monotonic - copy.LastUse)),
        ];
        try
        {
            LeaseGrant? grant = await silo.Entry.Renew(new(Id, _reference.Value, uses));
            foreach (Copy copy in used)
                copy.Reported(asked.Monotonic);
            if (grant is not null && silo.Take(grant, asked))
                Lapsed();
        }
        catch (Exception e)
        {
            LogNotRenewed(e);
            foreach (Copy copy in used)
                silo.Report(copy);
        }
        // A silo that has gone, or left. One that is still there says so with its next answer to a check.
        if (silo.CloseIfPassed(out bool hadPassed))
            _silos.TryRemove(silo.Id, out _);
        if (hadPassed)
            Lapsed();
    }

    private void Lapsed()
    {
        _meters.Lapsed();
        LogLapsed();
    }

    private async Task GiveBack(HeldSilo silo, CancellationToken cancellationToken)
    {
        try
        {
            await silo
                .Entry.GiveBack(Id)
                .WaitAsync(_settings.Rules.Length, _clock, cancellationToken);
        }
        catch (Exception e)
        {
            LogNotRenewed(e);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "A lease could not be renewed")]
    private partial void LogNotRenewed(Exception exception);

    // One line for each silo that has stopped or died; any other shows that one of the two processes hung.
    [LoggerMessage(
        2,
        LogLevel.Information,
        "A lease passed before it was renewed: the next checks of that silo's sessions ask it"
    )]
    private partial void LogLapsed();
}
