using Orleans.Concurrency;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>One session: checks, token rotation, step-up, and revocation.</summary>
/// <remarks>
/// The key is a <see cref="SessionId"/>. A session calls no grains but the sessions that it replaces, which are older,
/// so that no deadlock is possible. Changes are durable when the call returns. When a call fails, its outcome is
/// unknown: it was stored completely or not at all. Retrying is safe.
/// </remarks>
[Alias("session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Starts the session. Called by the user grain, which has listed the id before.</summary>
    [Alias("start")]
    Task<SessionTokens> Start(SessionStart start);

    /// <summary>
    /// Checks an access token. Answers from memory, without waiting for storage once the state was read. Counts as use:
    /// it extends the idle timeout, and confirms that the token's generation was delivered. The first use ends the
    /// sessions that this one replaces, before the answer or, if they cannot be reached in time, soon after.
    /// </summary>
    /// <param name="user">The access token's user.</param>
    /// <param name="generation">The access token's generation.</param>
    [Alias("check"), AlwaysInterleave]
    ValueTask<SessionStanding> Check(UserId user, long generation);

    /// <summary>
    /// Checks an access token for a holder, like <see cref="Check"/>, and lets it keep a copy of the standing if it has a
    /// lease of this silo. A change that voids the copy is visible, and answered, only after the holder has dropped it or
    /// its lease has passed.
    /// </summary>
    /// <param name="user">The access token's user.</param>
    /// <param name="generation">The access token's generation.</param>
    /// <param name="holder">The holder.</param>
    [Alias("check-for"), AlwaysInterleave]
    ValueTask<LeasedCheck> CheckFor(UserId user, long generation, HolderId holder);

    /// <summary>
    /// Records that a holder has answered checks from its copy, which extends the idle timeout. Does not revive a session
    /// that has expired.
    /// </summary>
    /// <param name="ago">How long ago the last of them was.</param>
    [Alias("used"), AlwaysInterleave, OneWay]
    Task Used(TimeSpan ago);

    /// <summary>
    /// Rotates a refresh token (RFC 9700 §4.14.2; a generation counts once its delivery is confirmed). The new
    /// generation is durable before the answer. A superseded token works during the grace, is refused without
    /// consequences for two minutes more, and after that counts as reuse and revokes the session.
    /// </summary>
    /// <param name="generation">The refresh token's generation.</param>
    /// <param name="ip">The client's IP address, for the list of devices.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the client has disconnected; a refresh that has not begun is skipped.
    /// </param>
    [Alias("refresh")]
    Task<RefreshAnswer> Refresh(long generation, string ip, CancellationToken cancellationToken);

    /// <summary>
    /// Records an authentication (step-up) and makes a new generation, below which access tokens are no longer
    /// accepted. If the answer was lost, an earlier refresh token still gets the new generation once the grace is over,
    /// but the session then loses the recorded authentication, so that a stolen token gains nothing.
    /// </summary>
    /// <param name="owner">The user who must own the session.</param>
    /// <param name="proof">The authentication; null to keep the recorded one and only renew the tokens.</param>
    /// <returns>The contents of the new tokens; null when the session is not live, or another user's.</returns>
    [Alias("prove")]
    Task<SessionTokens?> Prove(UserId owner, SessionProof? proof);

    /// <summary>
    /// Revokes the session. After the call has returned, no check or refresh is accepted. Idempotent; the first reason
    /// stays. Without an owner, a token has proved that the session reached its browser, and the sessions that it
    /// replaces end too.
    /// </summary>
    /// <param name="reason">The reason.</param>
    /// <param name="owner">
    /// The user who must own it; null when the call is authorized by a token of the session.
    /// </param>
    /// <returns>False when there is no such session, or it is another user's.</returns>
    [Alias("revoke")]
    Task<bool> Revoke(SessionEndReason reason, UserId? owner);

    /// <summary>
    /// Deletes IP address and browser, if the session has ended or was not used since a time. Also stores an expiry
    /// that is not stored yet. Idempotent.
    /// </summary>
    /// <param name="owner">The user who must own it.</param>
    /// <param name="before">A live session that was used at this time or later is unchanged.</param>
    [Alias("remove-device-data")]
    Task RemoveDeviceData(UserId owner, DateTimeOffset before);

    /// <summary>
    /// Redeems an authorization code, whose client and verifier have been checked: opens its grant. Durable before the
    /// answer. A code that was used before ends the grant that it opened (RFC 6749 §4.1.2).
    /// </summary>
    /// <param name="opening">The content of the code.</param>
    [Alias("open-grant")]
    Task<OpenGrantResult> OpenGrant(GrantOpening opening);

    /// <summary>
    /// Rotates a refresh token of an application, by the rule of the session's own. Reuse ends the grant.
    /// </summary>
    /// <param name="grant">The grant of the token.</param>
    /// <param name="application">The application that has authenticated.</param>
    /// <param name="generation">The generation of the token.</param>
    [Alias("refresh-grant")]
    Task<RefreshGrantResult> RefreshGrant(GrantId grant, ClientId application, long generation);

    /// <summary>
    /// Checks a value that an application was issued. Counts as use of the session, and answers from memory, as
    /// <see cref="Check"/> does.
    /// </summary>
    /// <param name="grant">The grant that the value names.</param>
    /// <param name="application">The application that it was issued for.</param>
    /// <returns>What the application learns; null when the grant or the session has ended.</returns>
    [Alias("check-grant"), AlwaysInterleave]
    ValueTask<GrantStanding?> CheckGrant(GrantId grant, ClientId application);

    /// <summary>
    /// Checks a value that an application was issued, for a holder: <see cref="CheckGrant"/> as <see cref="CheckFor"/>.
    /// </summary>
    /// <param name="grant">The grant that the value names.</param>
    /// <param name="application">The application that it was issued for.</param>
    /// <param name="holder">The holder.</param>
    [Alias("check-grant-for"), AlwaysInterleave]
    ValueTask<LeasedGrantCheck> CheckGrantFor(GrantId grant, ClientId application, HolderId holder);

    /// <summary>
    /// Ends a grant, as its application asks for (RFC 7009). After the call has returned, no check is accepted. Idempotent.
    /// </summary>
    /// <param name="grant">The grant.</param>
    /// <param name="application">The application that has authenticated.</param>
    /// <returns>Whether there was one to end.</returns>
    [Alias("end-grant")]
    Task<bool> EndGrant(GrantId grant, ClientId application);

    /// <summary>Ends all grants of an application, as the user asks for. Idempotent.</summary>
    /// <param name="owner">The user who must own the session.</param>
    /// <param name="application">The application.</param>
    /// <returns>Whether there was one to end.</returns>
    [Alias("end-grants-of")]
    Task<bool> EndGrantsOf(UserId owner, ClientId application);

    /// <summary>The current state, without counting as use; null when there is no session.</summary>
    [Alias("describe"), AlwaysInterleave]
    Task<SessionSnapshot?> Describe();

    /// <summary>
    /// Subscribes to the end of the session. The subscription expires unless it is renewed at least every 30 seconds.
    /// Does not count as use. Notifications are hints that may be lost; the answers to renewals are authoritative.
    /// </summary>
    /// <param name="stream">The id of the subscription.</param>
    /// <param name="watcher">The observer to notify.</param>
    [Alias("watch")]
    Task<WatchAnswer> Watch(Guid stream, ISessionWatcher watcher);

    /// <summary>Ends a subscription. Idempotent.</summary>
    [Alias("unwatch")]
    Task Unwatch(Guid stream);
}

/// <summary>Observes the end of a session.</summary>
[Alias("session-watcher")]
public interface ISessionWatcher : IGrainObserver
{
    /// <summary>Notifies that the session has ended, durably.</summary>
    [Alias("ended"), OneWay]
    Task Ended(SessionEndReason reason);
}
