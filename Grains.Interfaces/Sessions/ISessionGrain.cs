using Orleans.Concurrency;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>One session: whether it is live, what a refresh token is worth, when it ends.</summary>
/// <remarks>
/// The key is a <see cref="SessionId"/>. A session calls no other grains than the sessions that it replaces, which are
/// older, so that no circle of calls can wait for itself. Whatever changes a session is durable when the call returns;
/// when the call fails, memory is as it was, and the change may still have reached storage whole: repeating the call is
/// safe.
/// </remarks>
[Alias("session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Starts the session. Called once, by the user grain that has listed the id before.</summary>
    [Alias("start")]
    Task<SessionGrant> Start(SessionStart start);

    /// <summary>
    /// Whether the session is good for this user. Answers from memory, and waits for no storage once the
    /// session has been read. Counts as use: it moves the idle timeout, and the token's generation is
    /// confirmed as delivered. The first use ends the sessions that this one replaces, before it is answered or, where
    /// they cannot be reached, soon after.
    /// </summary>
    /// <param name="user">The user whom the access token names.</param>
    /// <param name="generation">The access token's generation.</param>
    [Alias("check"), AlwaysInterleave]
    ValueTask<SessionStanding> Check(UserId user, long generation);

    /// <summary>
    /// Takes a refresh token for what it is worth (rotation confirmed by delivery; RFC 9700 §4.14.2). The new
    /// generation is durable before it is answered. A token that was superseded is good for the grace; for two minutes
    /// more it is held up; after that it is a copy, and revokes the session.
    /// </summary>
    /// <param name="generation">The refresh token's generation.</param>
    /// <param name="ip">The client's address, kept for the list of devices.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the client has gone: a refresh that has not begun is not carried out then.
    /// </param>
    [Alias("refresh")]
    Task<RefreshAnswer> Refresh(long generation, string ip, CancellationToken cancellationToken);

    /// <summary>
    /// Records a fresh proof of who is there (step-up), and makes a new generation that is also the least: access
    /// tokens from before are worth nothing from then on. A refresh token from before still brings the new
    /// generation when the answer was lost, once the grace is over; but then the proof is forgotten: whoever holds a copy
    /// gains nothing by it.
    /// </summary>
    /// <param name="owner">The user who must own the session.</param>
    /// <param name="proof">The proof; null to keep the one that there is, and replace the tokens alone.</param>
    /// <returns>What the new tokens are made of; null when the session is not live, or is another user's.</returns>
    [Alias("prove")]
    Task<SessionGrant?> Prove(UserId owner, SessionProof? proof);

    /// <summary>
    /// Revokes the session. When this has returned, no check and no refresh that begins later is accepted.
    /// Safe to repeat; the first reason stays. Who proves by a token that this session has reached the browser ends
    /// those that it replaces, too.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="owner">The user who must own it; null when a token of the session proved the right to end it.</param>
    /// <returns>False when there is no such session, or it is another user's.</returns>
    [Alias("revoke")]
    Task<bool> Revoke(SessionEndReason reason, UserId? owner);

    /// <summary>
    /// Forgets from where the session was used, if it was not used since, or has ended. An end that only the clock knows
    /// of is written down by it. Safe to repeat.
    /// </summary>
    /// <param name="owner">The user who must own it.</param>
    /// <param name="before">A session that was used at this time or later keeps it.</param>
    [Alias("forget-traces")]
    Task ForgetTraces(UserId owner, DateTimeOffset before);

    /// <summary>The session as it is now, without counting as use; null when there is none.</summary>
    [Alias("describe"), AlwaysInterleave]
    Task<SessionSnapshot?> Describe();

    /// <summary>
    /// Asks to be told when the session ends; repeated as a sign of life at least every 30 seconds, or the
    /// place is given up. Does not count as use. Being told is a hint that may be lost: the answer to the
    /// repeated call is what holds.
    /// </summary>
    /// <param name="stream">The watcher's own id.</param>
    /// <param name="watcher">Whom to tell.</param>
    [Alias("watch")]
    Task<WatchAnswer> Watch(Guid stream, ISessionWatcher watcher);

    /// <summary>Gives the watcher's place up. Safe to repeat.</summary>
    [Alias("unwatch")]
    Task Unwatch(Guid stream);
}

/// <summary>Is told when a session ends.</summary>
[Alias("session-watcher")]
public interface ISessionWatcher : IGrainObserver
{
    /// <summary>The session has ended, durably.</summary>
    [Alias("ended"), OneWay]
    Task Ended(SessionEndReason reason);
}
