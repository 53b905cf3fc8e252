using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Throttling;

/// <summary>How many failed attempts are allowed before the back-off, and how long that is.</summary>
public sealed class ThrottleOptions
{
    /// <summary>Consecutive failures at one account or unknown email before attempts have to wait.</summary>
    [ConfigurationKeyName("SIGN_IN_FAILURES_PER_EMAIL")]
    public int FailuresPerEmail { get; set; } = 10;

    /// <summary>Failures from one network within <see cref="NetworkWindow"/> before attempts have to wait.</summary>
    [ConfigurationKeyName("SIGN_IN_FAILURES_PER_NETWORK")]
    public int FailuresPerNetwork { get; set; } = 100;

    /// <summary>How long a failure counts against its network.</summary>
    [ConfigurationKeyName("SIGN_IN_FAILURE_WINDOW")]
    public TimeSpan NetworkWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The first back-off delay; each further failure doubles it.</summary>
    [ConfigurationKeyName("SIGN_IN_FIRST_DELAY")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest back-off delay.</summary>
    [ConfigurationKeyName("SIGN_IN_LONGEST_DELAY")]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(15);

    internal AttemptRules Attempts => new(FailuresPerEmail, FirstDelay, LongestDelay);

    internal NetworkAttempts OfNetworks =>
        new(new(FailuresPerNetwork, FirstDelay, LongestDelay), NetworkWindow);
}
