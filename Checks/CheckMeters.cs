using System.Diagnostics.Metrics;

namespace SessionAuth.Checks;

/// <summary>Counts the checks that were answered from a copy, those that asked a grain, and leases that lapsed.</summary>
internal sealed class CheckMeters
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SessionAuth.Checks";

    private readonly Counter<long> _checks;
    private readonly Counter<long> _lapsed;

    public CheckMeters(IMeterFactory meters, CopyStore copies)
    {
        Meter meter = meters.Create(MeterName);
        _checks = meter.CreateCounter<long>(
            "sessionauth.checks",
            "{check}",
            "Checks of access tokens, by where they were answered."
        );
        _lapsed = meter.CreateCounter<long>(
            "sessionauth.checks.leases.lapsed",
            "{lease}",
            "Leases that passed before they were renewed."
        );
        meter.CreateObservableGauge(
            "sessionauth.checks.copies",
            () => copies.Count,
            "{session}",
            "Sessions that are checked without a call."
        );
    }

    public void Hit() => _checks.Add(1, new KeyValuePair<string, object?>("answered_by", "copy"));

    public void Miss() => _checks.Add(1, new KeyValuePair<string, object?>("answered_by", "grain"));

    public void Lapsed() => _lapsed.Add(1);
}
