using System.Diagnostics;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>The result of using a refresh token of an application.</summary>
public abstract record RefreshGrantResult
{
    private RefreshGrantResult() { }

    /// <summary>Tokens of this generation are to be issued.</summary>
    /// <param name="Grant">What the application learns.</param>
    /// <param name="Generation">The generation.</param>
    public sealed record Refreshed(GrantStanding Grant, long Generation) : RefreshGrantResult;

    /// <summary>Rejected for now: a newer token has been used since.</summary>
    public sealed record Superseded : RefreshGrantResult;

    /// <summary>The grant has ended: a superseded token was reused, which indicates theft (RFC 9700 §4.14.2).</summary>
    /// <param name="Presented">The generation of the presented token.</param>
    /// <param name="Newest">The newest generation.</param>
    public sealed record Replayed(long Presented, long Newest) : RefreshGrantResult;

    /// <summary>The session or the grant has ended, or it is another application's.</summary>
    public sealed record NotLive : RefreshGrantResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Refreshed, T> refreshed,
        Func<Superseded, T> superseded,
        Func<Replayed, T> replayed,
        Func<NotLive, T> notLive
    ) =>
        this switch
        {
            Refreshed result => refreshed(result),
            Superseded result => superseded(result),
            Replayed result => replayed(result),
            NotLive result => notLive(result),
            _ => throw new UnreachableException(),
        };
}
