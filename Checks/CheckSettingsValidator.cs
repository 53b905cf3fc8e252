using Microsoft.Extensions.Options;

namespace SessionAuth.Checks;

internal sealed class CheckSettingsValidator : IValidateOptions<CheckSettings>
{
    public ValidateOptionsResult Validate(string? name, CheckSettings options) =>
        options.CacheMebibytes is null or (>= 1 and <= 1_000_000)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("CHECK_CACHE_MIB must be between 1 and 1000000.");
}
