namespace SessionAuth.Domain.SignIn;

/// <summary>The limits and delays of an <see cref="AttemptBackoff"/>.</summary>
/// <param name="Free">Failures that cause no delay.</param>
/// <param name="Limit">Failures after which no attempt is let through.</param>
/// <param name="FirstDelay">The first delay; each further failure doubles it.</param>
/// <param name="LongestDelay">The longest delay.</param>
/// <param name="Window">How long a failure counts; null where failures in a row count.</param>
public sealed record AttemptBackoffRules(
    int Free,
    int Limit,
    TimeSpan FirstDelay,
    TimeSpan LongestDelay,
    TimeSpan? Window = null
);
