using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Which passwords are accepted, and how they are hashed.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// The minimum length of a new password in code points (NIST SP 800-63B-4 §3.1.1.2: 15 as the only factor).
    /// </summary>
    [ConfigurationKeyName("PASSWORD_MIN_LENGTH")]
    public int MinimumLength { get; set; } = PasswordPolicy.LeastMinimumLength;

    /// <summary>The domain of the service, which no password may be.</summary>
    [ConfigurationKeyName("ROOT_DOMAIN")]
    public string RootDomain { get; set; } = "localhost";

    /// <summary>Context-specific words: names of this service, which no password may be.</summary>
    public IReadOnlyList<string> ServiceNames => ["sessionauth", RootDomain];

    /// <summary>A file of passwords known from breaches, which are refused; null to check against none.</summary>
    [ConfigurationKeyName("BREACHED_PASSWORDS_FILE")]
    public string? BreachedFile { get; set; }

    /// <summary>Argon2id memory in KiB.</summary>
    [ConfigurationKeyName("PASSWORD_HASH_MEMORY_KIB")]
    public int MemoryKib { get; set; } = 19 * 1024;

    /// <summary>Argon2id passes over that memory.</summary>
    [ConfigurationKeyName("PASSWORD_HASH_ITERATIONS")]
    public int Iterations { get; set; } = 2;

    /// <summary>
    /// How many passwords may be queued for hashing per core; further ones are refused (load shedding).
    /// </summary>
    [ConfigurationKeyName("PASSWORD_HASH_QUEUE_PER_CORE")]
    public int QueuePerCore { get; set; } = 32;

    /// <summary>Whether attempts from unknown devices get the lowest priority while nearly all of them fail.</summary>
    public bool DefersUnderAttack { get; internal set; } = true;
}
