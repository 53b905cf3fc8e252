using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Accounts;

/// <summary>An account's list of sessions, asked of each of them: which are live, and what the list becomes.</summary>
/// <param name="Live">Those that are live, in the order of the list.</param>
/// <param name="Pruned">The account without those that have ended or never came to be; the same when there is none.</param>
/// <param name="Failure">Why one of them could not be asked: it stays in the list, whatever it is; null when all were.</param>
internal sealed record SessionListing(
    IReadOnlyList<SessionSnapshot> Live,
    Account Pruned,
    Exception? Failure
)
{
    /// <param name="account">The account.</param>
    /// <param name="id">Its id.</param>
    /// <param name="grains">Where the sessions are.</param>
    /// <param name="now">The time.</param>
    /// <param name="starting">A session that is only about to be started, and is not asked.</param>
    public static async Task<SessionListing> Of(
        Account account,
        UserId id,
        IGrainFactory grains,
        DateTimeOffset now,
        SessionId? starting = null
    )
    {
        Asked[] asked = await Task.WhenAll(
            account.Sessions.Select(listed =>
                listed.Id == starting?.Value
                    ? Task.FromResult(new Asked(new FoundSession.Unknown()))
                    : Ask(grains.Session(SessionId.Parse(listed.Id)), id)
            )
        );
        return new(
            [.. asked.Select(answer => answer.Live).OfType<SessionSnapshot>()],
            account.Pruned([.. asked.Select(answer => answer.Found)], now),
            asked.Select(answer => answer.Failure).FirstOrDefault(failure => failure is not null)
        );
    }

    private static async Task<Asked> Ask(ISessionGrain grain, UserId owner)
    {
        SessionSnapshot? session;
        try
        {
            session = await grain.Describe();
        }
        catch (Exception e)
        {
            return new(new FoundSession.Unknown(), Failure: e);
        }

        if (session is null || session.User != owner)
            return new(new FoundSession.Missing());
        if (session is not { EndedAt: { } endedAt, EndReason: { } reason })
            return new(new FoundSession.Live(session.Device, session.LastSeenAt), session);
        if (reason == SessionEndReason.Expired && !await IsWrittenDown(grain, owner))
            return new(new FoundSession.Unknown());

        return new(
            new FoundSession.HasEnded(
                new(
                    session.Id.Value,
                    session.Device,
                    session.CreatedAt,
                    session.LastSeenAt,
                    session.ExpiresAt,
                    endedAt,
                    reason
                )
            )
        );
    }

    // What expired by this node's clock is listed until that is durable: by another clock it may be live, and what is not
    // listed could never be ended.
    private static async Task<bool> IsWrittenDown(ISessionGrain session, UserId owner)
    {
        try
        {
            return await session.Revoke(SessionEndReason.Expired, owner);
        }
        catch (Exception)
        {
            // It is asked again when the list is.
            return false;
        }
    }

    private sealed record Asked(
        FoundSession Found,
        SessionSnapshot? Live = null,
        Exception? Failure = null
    );
}
