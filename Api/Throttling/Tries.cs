using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Throttling;

/// <summary>What counts the tries at one secret.</summary>
/// <param name="Begin">Begins a try on a known device, or on none: null when it may go on, else for how long to wait.</param>
/// <param name="Finish">Ends it.</param>
internal sealed record Tries(
    Func<KnownDevice?, Task<TimeSpan?>> Begin,
    Func<KnownDevice?, TryOutcome, Task> Finish
);
