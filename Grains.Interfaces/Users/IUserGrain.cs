using Orleans.Concurrency;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>One user: registers, verifies a password, starts sessions, lists and ends them.</summary>
/// <remarks>
/// <para>
/// The key is a <see cref="UserId"/>. Calls go one way: a user calls its address and its sessions. The other
/// interfaces of this folder are the same grain's.
/// </para>
/// <para>
/// No crash leaves a half-registered address. A registration first claims the address (durable), then writes
/// the user. Between the two the address belongs to an id under which nobody registered; the next
/// registration is answered <see cref="RegisterResult.EmailTaken"/>, calls <see cref="Abandon"/> on that owner, and with the
/// owner gone for good claims the address in its stead. A registration still under way is not disturbed:
/// <see cref="Abandon"/> waits its turn behind it.
/// </para>
/// <para>
/// No crash leaves a session that its user cannot see or end: the session's id is written into the user's list
/// before the session exists. A listed session that never came to be is dropped when the list is read, once
/// it is old enough that no start can be under way. What is to end together with a change of the account is
/// written with that change, and ended before the answer; after a crash the node ends it by itself.
/// </para>
/// </remarks>
[Alias("user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Registers the user and starts the first session.</summary>
    [Alias("register")]
    Task<RegisterResult> Register(Registration registration);

    /// <summary>
    /// The first half of <see cref="UserSignIn.SignIn"/>: verifies the password. For an id without a user it takes as long as
    /// for a wrong password. Nobody's turn waits while a password is verified: guesses do not keep the user out.
    /// </summary>
    [Alias("verify-password"), AlwaysInterleave]
    Task<VerifyPasswordResult> VerifyPassword(SignIn signIn);

    /// <summary>
    /// The second half: starts a session for who has been verified; ends those that this browser had, and the earliest
    /// created when the user has too many, before it answers.
    /// </summary>
    /// <param name="signIn">The same.</param>
    /// <param name="stamp">What the first half answered.</param>
    [Alias("enter")]
    Task<EnterResult> Enter(SignIn signIn, long stamp);

    /// <summary>Ends a sign-in whose password was right, by a code that has not been used before.</summary>
    [Alias("complete-sign-in")]
    Task<CompleteSignInResult> CompleteSignIn(SecondStep secondStep);

    /// <summary>
    /// Proves anew who is there (step-up): by the password, and by a code where the user has an authenticator app.
    /// The session gets new tokens; access tokens from before are worth nothing.
    /// </summary>
    [Alias("step-up")]
    Task<StepUpResult> StepUp(Asking asking, Password? password, SecondFactorCode? code);

    /// <summary>
    /// Gives this id up, durably, unless a user has registered under it: no registration that comes later
    /// succeeds. Waits for what is under way.
    /// </summary>
    /// <param name="address">The address that somebody wants.</param>
    /// <returns>False when the user has that address, or has asked to change to it.</returns>
    [Alias("abandon")]
    Task<bool> Abandon(string address);

    /// <summary>The device that a mark is of; null when the user does not have it, or not any more. Answers from memory.</summary>
    [Alias("device"), AlwaysInterleave]
    Task<KnownDevice?> Device(DeviceMark mark);

    /// <summary>The user; null when there is none.</summary>
    [Alias("profile")]
    Task<UserProfile?> Profile();

    /// <summary>The user's sessions. Reading the list prunes it of those that have ended.</summary>
    [Alias("list-sessions")]
    Task<SessionList> ListSessions();

    /// <summary>Ends another of the user's sessions. Safe to repeat.</summary>
    [Alias("end-session")]
    Task<EndSessionResult> EndSession(Asking asking, SessionId session);

    /// <summary>
    /// Ends the user's other sessions, those started by a sign-in under way included. When it fails, some may have
    /// ended; repeating it is safe.
    /// </summary>
    /// <param name="asking">The session that asks.</param>
    /// <param name="includeCurrent">Whether it ends too.</param>
    [Alias("end-sessions")]
    Task<EndSessionsResult> EndSessions(Asking asking, bool includeCurrent);
}
