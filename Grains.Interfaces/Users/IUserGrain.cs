using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>One user: registration, sign-in, step-up authentication, and the list of sessions.</summary>
/// <remarks>
/// <para>
/// The key is a <see cref="UserId"/>. The other interfaces of this folder are the same grain's. Calls go one way, from
/// a user to its email and its sessions, so that no deadlock is possible. Changes are serialized; reads interleave, and
/// nothing waits while a password is verified or hashed.
/// </para>
/// <para>
/// A crash leaves no email reserved for ever. A registration first claims the email (durable), then writes the user. In
/// between, the email belongs to an id without a user. The next registration gets
/// <see cref="RegisterResult.EmailTaken"/>, calls <see cref="ReleaseReservation"/> on that id, which makes it unusable, and
/// claims the email in its place. A registration in progress is not disturbed: <see cref="ReleaseReservation"/> waits
/// for it.
/// </para>
/// <para>
/// A crash leaves no session that its user cannot see or end: the session's id is added to the user's list before the
/// session exists. A listed session that was never started is pruned when the list is read, once it is too old to be
/// still starting. Sessions that end with a change of the account are stored in the same write, and are ended before
/// the answer, or after a crash by scheduled work.
/// </para>
/// </remarks>
[Alias("user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Registers the user and starts the first session.</summary>
    [Alias("register")]
    Task<RegisterResult> Register(Registration registration);

    /// <summary>
    /// Signs in by password: starts a session, which replaces those of the same browser, and ends the earliest created
    /// beyond the limit; or requires a second factor. Against user enumeration, an id without a user takes as long as a
    /// wrong password.
    /// </summary>
    [Alias("sign-in")]
    Task<SignInResult> SignIn(SignIn signIn);

    /// <summary>Completes a sign-in whose password was right, with a code that was not used before (replay).</summary>
    [Alias("complete-sign-in")]
    Task<CompleteSignInResult> CompleteSignIn(SecondStep input);

    /// <summary>
    /// Step-up authentication by the password, and by a code if the user has a second factor. The session gets new
    /// tokens; earlier access tokens are no longer accepted.
    /// </summary>
    [Alias("step-up")]
    Task<StepUpResult> StepUp(CallerContext caller, Password? password, SecondFactorCode? code);

    /// <summary>
    /// Makes this id unusable for registration, durably, unless a user has registered under it. Waits for a
    /// registration in progress.
    /// </summary>
    /// <param name="email">The email that another registration claims.</param>
    /// <returns>False when the user has that email, or has requested to change to it.</returns>
    [Alias("release-reservation")]
    Task<bool> ReleaseReservation(string email);

    /// <summary>The known device of a device mark; null when it is unknown. Answers from memory.</summary>
    [Alias("device")]
    Task<KnownDevice?> Device(DeviceMark mark);

    /// <summary>The user's profile; null when there is no user.</summary>
    [Alias("profile")]
    Task<UserProfile?> Profile();

    /// <summary>The user's sessions. Reading the list prunes ended ones from it.</summary>
    [Alias("list-sessions")]
    Task<SessionList> ListSessions();

    /// <summary>Ends another of the user's sessions. Idempotent.</summary>
    [Alias("end-session")]
    Task<EndSessionResult> EndSession(CallerContext caller, SessionId session);

    /// <summary>
    /// Ends the user's other sessions, including those of sign-ins in progress. On failure some may have ended;
    /// idempotent.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="includeCurrent">Whether the caller's session ends too.</param>
    [Alias("end-sessions")]
    Task<EndSessionsResult> EndSessions(CallerContext caller, bool includeCurrent);
}
