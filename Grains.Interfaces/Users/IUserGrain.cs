using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>One user: registers, verifies a password, starts sessions, lists and ends them.</summary>
/// <remarks>
/// <para>The key is a <see cref="UserId"/>. Calls go one way: a user calls its address and its sessions.</para>
/// <para>
/// No crash leaves a half-registered address. A registration first claims the address (durable), then writes
/// the user. Between the two the address belongs to an id under which nobody registered; the next
/// registration is answered <see cref="AddressTaken"/>, calls <see cref="Abandon"/> on that owner, and with the
/// owner gone for good claims the address in its stead. A registration still under way is not disturbed:
/// <see cref="Abandon"/> waits its turn behind it.
/// </para>
/// <para>
/// No crash leaves a session that its user cannot see or end: the session's id is written into the user's list
/// before the session exists. A listed session that never came to be is dropped when the list is read, once
/// it is old enough that no start can be under way.
/// </para>
/// </remarks>
[Alias("user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Registers the user and starts the first session.</summary>
    /// <returns>
    /// <see cref="Admitted"/>, <see cref="PasswordRefused"/>, <see cref="AddressTaken"/>, <see cref="Busy"/>, or
    /// <see cref="Refused"/> when this id was used or given up before.
    /// </returns>
    [Alias("register")]
    Task<Entry> Register(Registration registration);

    /// <summary>
    /// Verifies the password and starts a session; ends those that this browser had, and the earliest
    /// created when the user has too many, before it answers. For an id without a user it takes as long as
    /// for a wrong password.
    /// </summary>
    /// <returns><see cref="Admitted"/>, <see cref="Refused"/> or <see cref="Busy"/>.</returns>
    [Alias("sign-in")]
    Task<Entry> SignIn(SignIn signIn);

    /// <summary>
    /// Gives this id up, durably, unless a user has registered under it: no registration that comes later
    /// succeeds. Waits for a registration under way.
    /// </summary>
    /// <returns>False when a user has registered under the id.</returns>
    [Alias("abandon")]
    Task<bool> Abandon();

    /// <summary>The user; null when there is none.</summary>
    [Alias("profile")]
    Task<UserProfile?> Profile();

    /// <summary>The user's sessions. Reading the list prunes it of those that have ended.</summary>
    [Alias("list-sessions")]
    Task<SessionList> ListSessions();

    /// <summary>
    /// Ends the user's sessions, those started by a sign-in under way included. When it fails, some may have
    /// ended; repeating it is safe.
    /// </summary>
    /// <param name="current">The session that asks.</param>
    /// <param name="includeCurrent">Whether it ends too.</param>
    [Alias("end-sessions")]
    Task EndSessions(SessionId current, bool includeCurrent);
}
