namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>
/// The back-off for guesses: of an account's passwords or codes, of a device, or of a client network; before any
/// password is hashed.
/// </summary>
/// <remarks>
/// The key is a <see cref="ThrottleKey"/>. A try that has begun holds its place, so that tries at the same moment cannot
/// outrun the count. All but networks is counted durably, before the try, and forgotten after a success or 30 days.
/// </remarks>
[Alias("sign-in-throttle")]
public interface ISignInThrottleGrain : IGrainWithStringKey
{
    /// <summary>Begins a try.</summary>
    /// <returns>Null when it may go on; else for how long to wait before another.</returns>
    [Alias("begin")]
    Task<TimeSpan?> Begin();

    /// <summary>Ends a try that was allowed to go on.</summary>
    [Alias("finish")]
    Task Finish(TryOutcome outcome);

    /// <summary>Counts the failure of a try that another budget let through, a known device's.</summary>
    [Alias("count-failure")]
    Task CountFailure();

    /// <summary>Forgets all failures: the account's owner has proved otherwise who they are. Safe to repeat.</summary>
    [Alias("clear")]
    Task Clear();
}

/// <summary>What became of a try.</summary>
[GenerateSerializer, Alias("try-outcome")]
public enum TryOutcome
{
    /// <summary>The secret was not looked at: the try does not count.</summary>
    NotLookedAt,

    /// <summary>The secret was wrong, or the address unknown.</summary>
    Failed,

    /// <summary>The person is in.</summary>
    Succeeded,
}
