using SessionAuth.Domain.SignIn;

namespace SessionAuth.UseCases.Throttling;

/// <summary>The calls of the grain that counts attempts at one secret.</summary>
/// <param name="Begin">
/// Begins an attempt, on a known device or null; returns null when allowed, else how long to wait.
/// </param>
/// <param name="Finish">Ends the attempt with its outcome.</param>
internal sealed record AttemptCounter(
    Func<KnownDevice?, Task<TimeSpan?>> Begin,
    Func<KnownDevice?, AttemptOutcome, Task> Finish
);
