using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Accounts;

internal sealed class AccountOptionsValidator : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (
            options.DeviceDataRetention < TimeSpan.FromDays(1)
            || options.DeviceDataRetention > TimeSpan.FromDays(3650)
        )
            problems.AddError(
                "DEVICE_DATA_RETENTION must be between 1.00:00:00 and 3650.00:00:00."
            );
        return problems.Build();
    }
}
