namespace SessionAuth.Domain.SignIn;

/// <summary>When attempts at an account's secrets have to wait.</summary>
/// <param name="FreeFailures">Failures in a row that cause no delay.</param>
/// <param name="FirstDelay">The first delay; each further failure doubles it.</param>
/// <param name="LongestDelay">The longest delay.</param>
public sealed record AttemptRules(int FreeFailures, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>The rules for failures in a row, of which so many are allowed.</summary>
    public AttemptBackoffRules InARow(int limit) =>
        new(FreeFailures, limit, FirstDelay, LongestDelay);
}
