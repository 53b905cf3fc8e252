namespace SessionAuth.Domain.Sessions;

/// <summary>
/// Refresh token rotation with delivery confirmation: a rotated refresh token stays valid until a newer token has been
/// presented, and for the grace after that. Immutable.
/// </summary>
/// <remarks>
/// A generation counts as presented when a check with its access token or a refresh with its refresh token arrives,
/// which confirms that the response was delivered. Responses can be lost or reordered, so what matters is not how old a
/// generation is but since when it is superseded.
/// </remarks>
/// <param name="Generation">The newest generation.</param>
/// <param name="RotatedAt">When the last rotation happened; null before the first.</param>
/// <param name="LeastGeneration">The lowest generation whose access tokens are valid: that of the last step-up.</param>
/// <param name="Deliveries">Which generations were presented.</param>
public sealed record Rotation(
    long Generation,
    DateTimeOffset? RotatedAt,
    long LeastGeneration,
    Deliveries Deliveries
)
{
    /// <summary>How long a request may be delayed beyond the grace before its token is treated as stolen.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <summary>The value at sign-in.</summary>
    public static Rotation First { get; } =
        new(Generation: 1, RotatedAt: null, LeastGeneration: 0, Deliveries.None);

    /// <summary>Decides on a refresh token whose signature and lifetime have been verified.</summary>
    /// <param name="presented">The generation of the presented token.</param>
    /// <param name="now">The current time.</param>
    /// <param name="grace">How long a superseded token still works, for parallel requests and lost responses.</param>
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
            if (since >= grace + LongestDelay)
                return RefreshDecision.Reuse;
            return since >= grace || fromBeforeStepUp
                ? RefreshDecision.Superseded
                : RefreshDecision.Repeat;
        }

        if (!fromBeforeStepUp)
            return RefreshDecision.Repeat;
        return IsYoung(now, grace)
            ? RefreshDecision.Superseded
            : RefreshDecision.RepeatWithoutProof;
    }

    /// <summary>Records that a token of this generation was presented.</summary>
    /// <param name="generation">The presented generation.</param>
    /// <param name="now">The current time.</param>
    /// <param name="grace">How long a superseded token still works, for parallel requests and lost responses.</param>
    public Rotation Presented(long generation, DateTimeOffset now, TimeSpan grace)
    {
        Deliveries next = Deliveries.Presented(generation, now, grace + LongestDelay);
        return ReferenceEquals(next, Deliveries) ? this : this with { Deliveries = next };
    }

    /// <summary>Starts the next generation, newer than any known one.</summary>
    /// <param name="now">The current time.</param>
    public Rotation Advance(DateTimeOffset now) =>
        this with
        {
            Generation = Math.Max(Generation, Deliveries.Newest) + 1,
            RotatedAt = now,
        };

    /// <summary>Starts the next generation, and invalidates the access tokens of all earlier ones.</summary>
    /// <param name="now">The current time.</param>
    public Rotation AdvanceAndRetire(DateTimeOffset now)
    {
        Rotation next = Advance(now);
        return next with { LeastGeneration = next.Generation };
    }

    private bool IsYoung(DateTimeOffset now, TimeSpan grace) =>
        RotatedAt is { } rotatedAt && now - rotatedAt < grace;
}
