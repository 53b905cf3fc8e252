using Microsoft.Extensions.Configuration;

namespace SessionAuth.Grains.Passwords;

/// <summary>Which passwords are accepted, and how they are hashed.</summary>
public sealed class PasswordOptions
{
    /// <summary>The fewest code points of a new password (NIST SP 800-63B-4 §3.1.1.2 asks 15 where it stands alone).</summary>
    [ConfigurationKeyName("PASSWORD_MIN_LENGTH")]
    public int MinimumLength { get; set; } = 8;

    /// <summary>The most code points of a new password.</summary>
    public int MaximumLength { get; internal set; } = 256;

    /// <summary>Names of this service, which no password may be.</summary>
    public IReadOnlyList<string> ServiceNames { get; internal set; } = ["sessionauth"];

    /// <summary>A file of passwords that have come out elsewhere, which no password may be; null for none.</summary>
    [ConfigurationKeyName("BREACHED_PASSWORDS_FILE")]
    public string? BreachedFile { get; set; }

    /// <summary>Argon2id memory in KiB.</summary>
    [ConfigurationKeyName("PASSWORD_HASH_MEMORY_KIB")]
    public int MemoryKib { get; set; } = 19 * 1024;

    /// <summary>Argon2id passes over that memory.</summary>
    [ConfigurationKeyName("PASSWORD_HASH_ITERATIONS")]
    public int Iterations { get; set; } = 2;

    /// <summary>How many passwords may wait to be hashed for each core.</summary>
    [ConfigurationKeyName("PASSWORD_HASH_QUEUE_PER_CORE")]
    public int QueuePerCore { get; set; } = 32;
}
