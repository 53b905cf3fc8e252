namespace SessionAuth.UseCases.Throttling;

/// <summary>
/// A circuit breaker for password hashing: after an attempt was refused because of overload, further ones are refused
/// for a moment without the grain calls and writes that count them.
/// </summary>
public sealed class HashLoadShedder(TimeProvider clock)
{
    private static readonly TimeSpan s_breakTime = TimeSpan.FromMilliseconds(250);

    private long _overloadedAt;

    /// <summary>Whether attempts are refused at the moment.</summary>
    public bool IsShedding =>
        Interlocked.Read(ref _overloadedAt) is var overloadedAt and not 0
        && clock.GetElapsedTime(overloadedAt) < s_breakTime;

    /// <summary>Records that a password was not hashed because of overload.</summary>
    public void Overloaded() => Interlocked.Exchange(ref _overloadedAt, clock.GetTimestamp());
}
