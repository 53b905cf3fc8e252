namespace SessionAuth.Api.Throttling;

/// <summary>
/// Turns tries away at the door for a moment after one was told that too many passwords wait to be hashed: a flood that
/// cannot be hashed must not cost the calls and the writes that count it.
/// </summary>
internal sealed class HashDoor(TimeProvider clock)
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(250);

    private long _closedAt;

    /// <summary>Whether somebody was turned away just now.</summary>
    public bool IsClosed =>
        Interlocked.Read(ref _closedAt) is var closedAt and not 0
        && clock.GetElapsedTime(closedAt) < s_moment;

    /// <summary>Somebody was turned away.</summary>
    public void Close() => Interlocked.Exchange(ref _closedAt, clock.GetTimestamp());
}
