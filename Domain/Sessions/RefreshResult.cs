using System.Diagnostics;

namespace SessionAuth.Domain.Sessions;

/// <summary>The result of a token refresh.</summary>
public abstract record RefreshResult
{
    private RefreshResult() { }

    /// <summary>New tokens, or those of the current generation again.</summary>
    /// <param name="Tokens">What the tokens are issued from.</param>
    public sealed record Refreshed(SessionTokens Tokens) : RefreshResult;

    /// <summary>New tokens for a token newer than the stored session: storage was restored from a backup.</summary>
    /// <param name="Tokens">What the tokens are issued from.</param>
    /// <param name="Presented">The generation of the presented token.</param>
    /// <param name="Newest">The newest stored generation.</param>
    public sealed record RefreshedFromNewerToken(SessionTokens Tokens, long Presented, long Newest)
        : RefreshResult;

    /// <summary>
    /// Rejected for now: newer tokens have been used since, or are about to be delivered. The client should retry with
    /// those.
    /// </summary>
    public sealed record Superseded : RefreshResult;

    /// <summary>
    /// The session was revoked: a superseded token was reused, which indicates theft (RFC 9700 §4.14.2).
    /// </summary>
    /// <param name="Presented">The generation of the presented token.</param>
    /// <param name="Newest">The newest generation.</param>
    public sealed record Replayed(long Presented, long Newest) : RefreshResult;

    /// <summary>The session has ended.</summary>
    public sealed record NotLive : RefreshResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Refreshed, T> refreshed,
        Func<RefreshedFromNewerToken, T> refreshedFromNewerToken,
        Func<Superseded, T> superseded,
        Func<Replayed, T> replayed,
        Func<NotLive, T> notLive
    ) =>
        this switch
        {
            Refreshed result => refreshed(result),
            RefreshedFromNewerToken result => refreshedFromNewerToken(result),
            Superseded result => superseded(result),
            Replayed result => replayed(result),
            NotLive result => notLive(result),
            _ => throw new UnreachableException(),
        };
}
