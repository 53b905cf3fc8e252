namespace SessionAuth.Domain.Sessions;

/// <summary>
/// Refresh token rotation, confirmed by delivery: a replaced refresh token stays good until a newer token has come back
/// after it, and for the grace after that. An immutable value.
/// </summary>
/// <remarks>
/// A token comes back when a check with the access token or a refresh with the refresh token of its generation arrives,
/// which shows that the answer that brought it was delivered. Answers get lost and overtake one another, so what counts
/// is not how old a generation is but since when it is superseded.
/// </remarks>
/// <param name="Generation">The newest generation.</param>
/// <param name="RotatedAt">When it was made from the one before; null while it is that of the sign-in.</param>
/// <param name="LeastGeneration">The lowest generation whose access tokens are good: that of the last step-up.</param>
/// <param name="Deliveries">Which generations have come back.</param>
public sealed record Rotation(
    long Generation,
    DateTimeOffset? RotatedAt,
    long LeastGeneration,
    Deliveries Deliveries
)
{
    /// <summary>How long a request may be delayed beyond the grace before its token is taken for a stolen copy.</summary>
    public static readonly TimeSpan LongestHeldUp = TimeSpan.FromMinutes(2);

    /// <summary>The value at sign-in.</summary>
    public static Rotation First { get; } =
        new(Generation: 1, RotatedAt: null, LeastGeneration: 0, Deliveries.None);

    /// <summary>Decides on a refresh token whose signature and times have been verified.</summary>
    /// <param name="presented">The token's generation.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="grace">How long two clients may hold the same token.</param>
    public RefreshDecision Decide(long presented, DateTimeOffset now, TimeSpan grace)
    {
        if (presented > Generation)
            return RefreshDecision.RotateFromToken;
        if (presented == Generation)
            return IsYoung(now, grace) ? RefreshDecision.Repeat : RefreshDecision.Rotate;
        if (Deliveries.HasForgotten(presented))
            return RefreshDecision.Reuse;

        bool fromBeforeStepUp = presented < LeastGeneration;
        if (Deliveries.SupersededAt(presented) is { } supersededAt)
        {
            TimeSpan since = now - supersededAt;
            if (since >= grace + LongestHeldUp)
                return RefreshDecision.Reuse;
            return since >= grace || fromBeforeStepUp
                ? RefreshDecision.HeldUp
                : RefreshDecision.Repeat;
        }

        if (!fromBeforeStepUp)
            return RefreshDecision.Repeat;
        return IsYoung(now, grace) ? RefreshDecision.HeldUp : RefreshDecision.RepeatWithoutProof;
    }

    /// <summary>A token of this generation has come back.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="now">When.</param>
    /// <param name="grace">How long two clients may hold the same token.</param>
    public Rotation CameBack(long generation, DateTimeOffset now, TimeSpan grace)
    {
        Deliveries next = Deliveries.CameBack(generation, now, grace + LongestHeldUp);
        return ReferenceEquals(next, Deliveries) ? this : this with { Deliveries = next };
    }

    /// <summary>The next generation, newer than any that is known.</summary>
    /// <param name="now">When it is made.</param>
    public Rotation Advance(DateTimeOffset now) =>
        this with
        {
            Generation = Math.Max(Generation, Deliveries.Newest) + 1,
            RotatedAt = now,
        };

    /// <summary>The next generation, before which no access token is good any more.</summary>
    /// <param name="now">When it is made.</param>
    public Rotation AdvanceAndRetire(DateTimeOffset now)
    {
        Rotation next = Advance(now);
        return next with { LeastGeneration = next.Generation };
    }

    private bool IsYoung(DateTimeOffset now, TimeSpan grace) =>
        RotatedAt is { } rotatedAt && now - rotatedAt < grace;
}
