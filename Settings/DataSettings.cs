using Microsoft.Extensions.Configuration;

namespace SessionAuth.Settings;

/// <summary>Where an embedded node stores its data and its secrets.</summary>
public sealed class DataSettings
{
    /// <summary>The directory, absolute or relative to the working directory.</summary>
    [ConfigurationKeyName("DATA_DIR")]
    public string Directory { get; set; } = "data";
}
