using Microsoft.Extensions.Configuration;

namespace SessionAuth.Registry.Files;

/// <summary>Where the operator's file of applications is.</summary>
public sealed class AppsFileSettings
{
    /// <summary>The JSON file, absolute or relative to the working directory; null for none.</summary>
    [ConfigurationKeyName("APPS_FILE")]
    public string? Path { get; set; }
}
