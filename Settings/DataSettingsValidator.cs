using Microsoft.Extensions.Options;

namespace SessionAuth.Settings;

/// <summary>Requires a name. Whether the directory can be used shows when it is opened.</summary>
public sealed class DataSettingsValidator : IValidateOptions<DataSettings>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DataSettings options) =>
        string.IsNullOrWhiteSpace(options.Directory)
            ? ValidateOptionsResult.Fail("DATA_DIR must name a directory.")
            : ValidateOptionsResult.Success;
}
