namespace SessionAuth.Domain.Sessions;

/// <summary>What a refresh token brought.</summary>
public abstract record RefreshResult
{
    private RefreshResult() { }

    /// <summary>Calls the function for this kind of result.</summary>
    public abstract T Match<T>(
        Func<Refreshed, T> refreshed,
        Func<RefreshedFromNewerToken, T> refreshedFromNewerToken,
        Func<HeldUp, T> heldUp,
        Func<Replayed, T> replayed,
        Func<NotLive, T> notLive
    );

    /// <summary>New tokens, or the newest once more.</summary>
    /// <param name="Grant">What they are made from.</param>
    public sealed record Refreshed(SessionGrant Grant) : RefreshResult
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Refreshed, T> refreshed,
            Func<RefreshedFromNewerToken, T> refreshedFromNewerToken,
            Func<HeldUp, T> heldUp,
            Func<Replayed, T> replayed,
            Func<NotLive, T> notLive
        ) => refreshed(this);
    }

    /// <summary>New tokens, for one that is newer than what is stored: storage was restored from a backup.</summary>
    /// <param name="Grant">What they are made from.</param>
    /// <param name="Presented">The token's generation.</param>
    /// <param name="Newest">The newest generation that was stored.</param>
    public sealed record RefreshedFromNewerToken(SessionGrant Grant, long Presented, long Newest)
        : RefreshResult
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Refreshed, T> refreshed,
            Func<RefreshedFromNewerToken, T> refreshedFromNewerToken,
            Func<HeldUp, T> heldUp,
            Func<Replayed, T> replayed,
            Func<NotLive, T> notLive
        ) => refreshedFromNewerToken(this);
    }

    /// <summary>Nothing for now: newer tokens have been used since, or are under way. Try again with those.</summary>
    public sealed record HeldUp : RefreshResult
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Refreshed, T> refreshed,
            Func<RefreshedFromNewerToken, T> refreshedFromNewerToken,
            Func<HeldUp, T> heldUp,
            Func<Replayed, T> replayed,
            Func<NotLive, T> notLive
        ) => heldUp(this);
    }

    /// <summary>The end of the session: a superseded token was replayed, so somebody holds a copy (RFC 9700 §4.14.2).</summary>
    /// <param name="Presented">The token's generation.</param>
    /// <param name="Newest">The newest generation.</param>
    public sealed record Replayed(long Presented, long Newest) : RefreshResult
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Refreshed, T> refreshed,
            Func<RefreshedFromNewerToken, T> refreshedFromNewerToken,
            Func<HeldUp, T> heldUp,
            Func<Replayed, T> replayed,
            Func<NotLive, T> notLive
        ) => replayed(this);
    }

    /// <summary>Nothing: the session has ended.</summary>
    public sealed record NotLive : RefreshResult
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Refreshed, T> refreshed,
            Func<RefreshedFromNewerToken, T> refreshedFromNewerToken,
            Func<HeldUp, T> heldUp,
            Func<Replayed, T> replayed,
            Func<NotLive, T> notLive
        ) => notLive(this);
    }
}
