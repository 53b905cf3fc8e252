namespace SessionAuth.Api.Throttling;

/// <summary>
/// Turns tries away for a moment after one was answered that too many passwords wait to be hashed: a flood that cannot be
/// hashed must not cost the calls and the writes that count it.
/// </summary>
internal sealed class SignInLoadShedder(TimeProvider clock)
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(250);

    private long _overloadedAt;

    /// <summary>Whether the hashing was overloaded just now.</summary>
    public bool IsShedding =>
        Interlocked.Read(ref _overloadedAt) is var overloadedAt and not 0
        && clock.GetElapsedTime(overloadedAt) < s_moment;

    /// <summary>A password could not be hashed because too many wait.</summary>
    public void Overloaded() => Interlocked.Exchange(ref _overloadedAt, clock.GetTimestamp());
}
