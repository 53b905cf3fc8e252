using Microsoft.Extensions.Configuration;

namespace SessionAuth.Grains.Secrets;

/// <summary>The secrets behind what is stored and must not be read from storage alone.</summary>
public sealed class DataKeyOptions
{
    /// <summary>Secrets of 256 random bits or more, newest first, separated by commas.</summary>
    [ConfigurationKeyName("DATA_KEYS")]
    public string? DataKeys { get; set; }
}
