using Microsoft.Extensions.Options;

namespace SessionAuth.Registry.Files;

/// <summary>Requires a file without problems at the start.</summary>
internal sealed class AppsFileSettingsValidator : IValidateOptions<AppsFileSettings>
{
    public ValidateOptionsResult Validate(string? name, AppsFileSettings options)
    {
        if (options.Path is null)
            return ValidateOptionsResult.Success;

        (byte[]? content, string? problem) = AppsFileBytes.Read(options.Path);
        if (content is not null)
            (_, problem) = AppsFile.Parse(content);
        return problem is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"APPS_FILE: {problem}");
    }
}
