using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Accounts;

internal sealed class AccountOptionsValidator : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.Registration is not ("open" or "private" or "closed"))
            problems.AddError("REGISTRATION must be open, private or closed.");
        if (options.UnverifiedSignIn is not ("on" or "off"))
            problems.AddError("UNVERIFIED_SIGN_IN must be on or off.");
        if (options.TwoFactor is not ("none" or "optional" or "all"))
            problems.AddError("TWO_FACTOR must be none, optional or all.");
        if (
            options.TraceRetention < TimeSpan.FromDays(1)
            || options.TraceRetention > TimeSpan.FromDays(3650)
        )
            problems.AddError("TRACE_RETENTION must be between 1.00:00:00 and 3650.00:00:00.");
        return problems.Build();
    }
}
