using Microsoft.Extensions.Options;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Grains.Secrets;

internal sealed class DataKeyOptionsValidator : IValidateOptions<DataKeyOptions>
{
    public ValidateOptionsResult Validate(string? name, DataKeyOptions options) =>
        SecretStrength.Problem("DATA_KEYS", options.DataKeys) is { } problem
            ? ValidateOptionsResult.Fail(problem)
            : ValidateOptionsResult.Success;
}
