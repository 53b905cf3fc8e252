using System.Diagnostics.Metrics;

namespace SessionAuth.Grains.Leases;

/// <summary>Measures recalls: how many, and how long revocations waited for them.</summary>
internal sealed class LeaseMeters
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SessionAuth.Leases";

    private readonly Counter<long> _recalls;
    private readonly Histogram<double> _waits;
    private readonly Counter<long> _notAnswered;
    private readonly Counter<long> _waitedForLease;

    public LeaseMeters(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _recalls = meter.CreateCounter<long>(
            "sessionauth.leases.recalls",
            "{recall}",
            "Copies of sessions that front ends were told to drop."
        );
        _waits = meter.CreateHistogram<double>(
            "sessionauth.leases.recall.duration",
            "s",
            "How long changes waited until no front end used a copy any more."
        );
        _notAnswered = meter.CreateCounter<long>(
            "sessionauth.leases.recalls.repeated",
            "{recall}",
            "Recalls that were not answered in time and sent again."
        );
        _waitedForLease = meter.CreateCounter<long>(
            "sessionauth.leases.recalls.expired",
            "{recall}",
            "Recalls that ended because the front end's lease had passed."
        );
    }

    public void Recalled(int holders, TimeSpan waited)
    {
        _recalls.Add(holders);
        _waits.Record(waited.TotalSeconds);
    }

    public void NotAnswered() => _notAnswered.Add(1);

    public void WaitedForLease() => _waitedForLease.Add(1);
}
