namespace SessionAuth.Grains.Throttling;

/// <summary>The failures of one budget, as stored.</summary>
public sealed record ThrottleState
{
    /// <summary>The failures in a row, and the tries that were allowed to begin and may have failed.</summary>
    public int Failures { get; init; }

    /// <summary>When that was last counted.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>When storage may forget it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
