namespace SessionAuth.Domain.SignIn;

/// <summary>The delays for attempts at an account's secrets.</summary>
/// <param name="FreeFailures">The number of consecutive failures that cause no delay.</param>
/// <param name="FirstDelay">The first delay. Each further failure doubles it.</param>
/// <param name="LongestDelay">The upper limit of the delay.</param>
public sealed record AttemptRules(int FreeFailures, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>
    /// How many attempts from unknown devices are stored in advance, in addition to the one that begins. After a crash
    /// all of them count as failed, so that a crash gives an attacker no extra attempts.
    /// </summary>
    internal const int CountedInAdvance = 3;

    /// <summary>The rules for consecutive failures with this limit.</summary>
    public AttemptBackoffRules InARow(int limit) =>
        new(FreeFailures, limit, FirstDelay, LongestDelay);
}
