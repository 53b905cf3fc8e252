using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Accounts;

/// <summary>The current state of an account's listed sessions, as read from the session grains.</summary>
/// <param name="Live">The live ones, in the order of the list.</param>
/// <param name="Pruned">
/// The account without those that have ended or never existed; the same instance when all are live.
/// </param>
/// <param name="Failure">Why one could not be read, which therefore stays listed; null when all were read.</param>
internal sealed record SessionListing(
    IReadOnlyList<SessionSnapshot> Live,
    Account Pruned,
    Exception? Failure
)
{
    /// <param name="account">The account.</param>
    /// <param name="id">The account's id.</param>
    /// <param name="grains">The grains.</param>
    /// <param name="now">The current time.</param>
    /// <param name="starting">A session that is about to be started and is not read; null for none.</param>
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

    // Clock skew: a session that expired by this node's clock may be live by another's, and a live session that is not
    // listed could never be ended. So it stays listed until its end is durable.
    private static async Task<bool> IsWrittenDown(ISessionGrain session, UserId owner)
    {
        try
        {
            return await session.Revoke(SessionEndReason.Expired, owner);
        }
        catch (Exception)
        {
            // The next read of the list retries it.
            return false;
        }
    }

    private sealed record Asked(
        FoundSession Found,
        SessionSnapshot? Live = null,
        Exception? Failure = null
    );
}
