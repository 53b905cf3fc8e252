namespace SessionAuth.Grains.Sessions;

/// <summary>What a presented refresh token is worth.</summary>
public enum RefreshDecision
{
    /// <summary>Hand out the current generation again; nothing is written.</summary>
    Repeat,

    /// <summary>Make the next generation durable, then hand it out.</summary>
    Rotate,

    /// <summary>
    /// The token is ahead of the stored session: storage was restored from a backup. Rotate from
    /// the token's generation and log a warning.
    /// </summary>
    RotateFromToken,

    /// <summary>Somebody holds a copy: revoke the session (RFC 9700 §4.14.2).</summary>
    Reuse,
}

/// <summary>
/// Rotation confirmed by delivery: a replaced refresh token stays good until something of its
/// successor's generation has come back, and for the grace after that.
/// </summary>
/// <param name="Generation">The newest generation, as stored.</param>
/// <param name="RotatedAt">
/// When the newest generation was made by a rotation; null while it is the sign-in's own.
/// </param>
/// <param name="ConfirmedAt">
/// When something of the newest generation first came back; null while nothing has.
/// </param>
public readonly record struct Rotation(
    long Generation,
    DateTimeOffset? RotatedAt,
    DateTimeOffset? ConfirmedAt
)
{
    /// <summary>Decides on a refresh token whose signature and times have been verified.</summary>
    /// <param name="presented">The token's generation.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="grace">For how long two clients may hold the same token.</param>
    public RefreshDecision Decide(long presented, DateTimeOffset now, TimeSpan grace)
    {
        if (presented > Generation)
            return RefreshDecision.RotateFromToken;

        if (presented == Generation)
            return Within(RotatedAt, now, grace) ? RefreshDecision.Repeat : RefreshDecision.Rotate;

        bool successorMayBeLost = ConfirmedAt is null || Within(ConfirmedAt, now, grace);
        return presented == Generation - 1 && successorMayBeLost
            ? RefreshDecision.Repeat
            : RefreshDecision.Reuse;
    }

    private static bool Within(DateTimeOffset? since, DateTimeOffset now, TimeSpan grace) =>
        since is { } start && now - start < grace;
}
