using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Checks;

/// <summary>How this process answers checks.</summary>
public sealed class CheckSettings
{
    // Measured: the cookie, its verified token, the copy, and their places in the dictionaries.
    private const int BytesPerSession = 1024;
    private const int ShareOfMemory = 20;

    /// <summary>Whether checks are answered from copies.</summary>
    [ConfigurationKeyName("CHECK_LEASES")]
    public LeaseUse Leases { get; set; } = LeaseUse.On;

    /// <summary>
    /// The memory for verified access tokens and copies, in MiB; null for a twentieth of what the process may have.
    /// </summary>
    [ConfigurationKeyName("CHECK_CACHE_MIB")]
    public int? CacheMebibytes { get; set; }

    internal LeaseRules Rules { get; set; } = LeaseRules.Default;

    /// <summary>How often leases are renewed.</summary>
    internal TimeSpan RenewalInterval => Rules.Length / 3;

    /// <summary>The sessions that this memory suffices for.</summary>
    public int MaxSessions =>
        (int)
            Math.Min(
                (CacheMebibytes * 1024L * 1024L ?? AvailableMemory / ShareOfMemory)
                    / BytesPerSession,
                int.MaxValue
            );

    private static long AvailableMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
