using Microsoft.Extensions.Configuration;

namespace SessionAuth.Grains.Secrets;

/// <summary>The master secrets that protect stored secrets from read access to storage.</summary>
public sealed class DataKeyOptions
{
    /// <summary>Secrets of at least 256 random bits, newest first, separated by commas.</summary>
    [ConfigurationKeyName("DATA_KEYS")]
    public string? DataKeys { get; set; }
}
