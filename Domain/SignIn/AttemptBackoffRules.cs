namespace SessionAuth.Domain.SignIn;

/// <summary>The limits and delays of an <see cref="AttemptBackoff"/>.</summary>
/// <param name="Free">The number of failures that cause no delay.</param>
/// <param name="Limit">The number of failures after which no attempt is allowed.</param>
/// <param name="FirstDelay">The first delay. Each further failure doubles it.</param>
/// <param name="LongestDelay">The upper limit of the delay.</param>
/// <param name="Window">How long a failure counts; null to count consecutive failures.</param>
public sealed record AttemptBackoffRules(
    int Free,
    int Limit,
    TimeSpan FirstDelay,
    TimeSpan LongestDelay,
    TimeSpan? Window = null
);
