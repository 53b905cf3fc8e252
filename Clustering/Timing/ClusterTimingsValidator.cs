using Microsoft.Extensions.Options;

namespace SessionAuth.Clustering.Timing;

internal sealed class ClusterTimingsValidator : IValidateOptions<ClusterTimings>
{
    public ValidateOptionsResult Validate(string? name, ClusterTimings options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.Fence < TimeSpan.FromSeconds(1) || options.Fence > TimeSpan.FromMinutes(1))
            problems.AddError("FENCE must be between 00:00:01 and 00:01:00.");
        if (
            options.ProbeTimeout < TimeSpan.FromSeconds(0.5)
            || options.ProbeTimeout > TimeSpan.FromMinutes(1)
        )
            problems.AddError("PROBE_TIMEOUT must be between 00:00:00.5 and 00:01:00.");
        if (options.MissedProbes is < 1 or > 20)
            problems.AddError("MISSED_PROBES must be between 1 and 20.");
        if (options.DeathVotes is < 1 or > 10)
            problems.AddError("DEATH_VOTES must be between 1 and 10.");
        if (options.OutageLimit < options.Fence || options.OutageLimit > TimeSpan.FromHours(1))
            problems.AddError("OUTAGE_LIMIT must be at least FENCE and at most 01:00:00.");
        // Otherwise a silo that was paused could be declared dead before its fence has closed.
        if (options.FailureDetection < options.Fence)
            problems.AddError(
                "PROBE_TIMEOUT times MISSED_PROBES must be at least FENCE: a silo must not be declared dead before its fence closes."
            );
        return problems.Build();
    }
}
