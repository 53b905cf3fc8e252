using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Throttling;

internal sealed class ThrottleOptionsValidator : IValidateOptions<ThrottleOptions>
{
    public ValidateOptionsResult Validate(string? name, ThrottleOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.FailuresPerEmail is < 1 or > 80)
            problems.AddError("SIGN_IN_FAILURES_PER_EMAIL must be between 1 and 80.");
        if (options.FailuresPerNetwork is < 1 or > 100_000)
            problems.AddError("SIGN_IN_FAILURES_PER_NETWORK must be between 1 and 100000.");
        if (
            options.NetworkWindow < TimeSpan.FromSeconds(1)
            || options.NetworkWindow > TimeSpan.FromDays(1)
        )
            problems.AddError("SIGN_IN_FAILURE_WINDOW must be between 00:00:01 and 1.00:00:00.");
        if (
            options.FirstDelay < TimeSpan.FromSeconds(1)
            || options.FirstDelay > options.LongestDelay
        )
            problems.AddError(
                "SIGN_IN_FIRST_DELAY must be between 00:00:01 and SIGN_IN_LONGEST_DELAY."
            );
        if (options.LongestDelay > TimeSpan.FromHours(1))
            problems.AddError("SIGN_IN_LONGEST_DELAY must be at most 01:00:00.");
        return problems.Build();
    }
}
