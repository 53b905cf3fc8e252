using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Sessions;

internal sealed class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.IdleTimeout < TimeSpan.FromMinutes(1) || options.IdleTimeout > Longest)
            problems.AddError("SESSION_IDLE_TIMEOUT must be between 00:01:00 and 400.00:00:00.");
        if (options.AbsoluteTimeout < options.IdleTimeout || options.AbsoluteTimeout > Longest)
            problems.AddError(
                "SESSION_ABSOLUTE_TIMEOUT must be at least SESSION_IDLE_TIMEOUT and at most 400.00:00:00."
            );
        if (options.RefreshGrace < TimeSpan.Zero || options.RefreshGrace > TimeSpan.FromMinutes(5))
            problems.AddError("REFRESH_GRACE must be between 00:00:00 and 00:05:00.");
        if (options.MaxSessionsPerUser is < 1 or > 1000)
            problems.AddError("MAX_SESSIONS_PER_USER must be between 1 and 1000.");
        if (
            options.CoarseWriteInterval <= TimeSpan.Zero
            || options.CoarseWriteInterval > TimeSpan.FromHours(1)
        )
            problems.AddError(
                "COARSE_WRITE_INTERVAL must be more than 00:00:00 and at most 01:00:00."
            );
        return problems.Build();
    }
}
