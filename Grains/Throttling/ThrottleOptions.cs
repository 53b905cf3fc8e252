using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Throttling;

/// <summary>How many failed tries are let through before others have to wait, and for how long.</summary>
public sealed class ThrottleOptions
{
    /// <summary>Failures in a row for one address after which tries have to wait.</summary>
    [ConfigurationKeyName("SIGN_IN_FAILURES_PER_ADDRESS")]
    public int FailuresPerAddress { get; set; } = 10;

    /// <summary>Failures from one network within <see cref="NetworkWindow"/> after which tries have to wait.</summary>
    [ConfigurationKeyName("SIGN_IN_FAILURES_PER_NETWORK")]
    public int FailuresPerNetwork { get; set; } = 100;

    /// <summary>For how long a failure counts against its network.</summary>
    [ConfigurationKeyName("SIGN_IN_FAILURE_WINDOW")]
    public TimeSpan NetworkWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The first wait; each further failure doubles it.</summary>
    [ConfigurationKeyName("SIGN_IN_FIRST_DELAY")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait.</summary>
    [ConfigurationKeyName("SIGN_IN_LONGEST_DELAY")]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(15);

    internal AttemptRules Attempts => new(FailuresPerAddress, FirstDelay, LongestDelay);

    // Many people's: a network waits, and is never shut out. The wider it is, the more people.
    internal IReadOnlyList<AttemptBackoffRules> OfNetworks() =>
        [
            .. Enumerable
                .Range(0, ClientNetwork.MostAround)
                .Select(widening => new AttemptBackoffRules(
                    FailuresPerNetwork << widening,
                    int.MaxValue,
                    FirstDelay,
                    LongestDelay,
                    NetworkWindow
                )),
        ];
}
