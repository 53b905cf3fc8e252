using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>A session in its account's list, where it stands before it exists.</summary>
/// <param name="Id">The session id.</param>
/// <param name="ListedAt">When it was listed.</param>
/// <param name="Ip">The client's IP address, as the list last showed it.</param>
/// <param name="UsedAt">When it was used, as of the last look for what is to be forgotten; null when nothing is left of it.</param>
public sealed record ListedSession(
    string Id,
    DateTimeOffset ListedAt,
    string? Ip = null,
    DateTimeOffset? UsedAt = null
);

/// <summary>A session that has ended, as its user is shown it.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Device">Where it was started.</param>
/// <param name="CreatedAt">When its user signed in.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it would have ended by itself.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Reason">Why it ended.</param>
public sealed record EndedSession(
    string Id,
    ClientDevice Device,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset EndedAt,
    SessionEndReason Reason
);

/// <summary>A session that is to end.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Reason">Why it is to end.</param>
/// <param name="Tries">How often it could not be ended.</param>
public sealed record EndingSession(string Id, SessionEndReason Reason, int Tries = 0);

/// <summary>A device on which the user has signed in.</summary>
/// <param name="Id">What the device mark names it by.</param>
/// <param name="Session">The session that was started there last.</param>
/// <param name="Browser">The browser; null when that was kept for long enough.</param>
/// <param name="System">The operating system, likewise.</param>
/// <param name="SeenAt">When that session was started.</param>
public sealed record RememberedDevice(
    string Id,
    string Session,
    string? Browser,
    string? System,
    DateTimeOffset SeenAt
);

/// <summary>An operation that is done.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="At">When it was done.</param>
/// <param name="Stamp">The account's stamp after it.</param>
/// <param name="Result">What its answer is made of, such as the session that was started; null where it needs nothing.</param>
public sealed record FinishedOperation(string Id, DateTimeOffset At, long Stamp, string? Result);

/// <summary>A sign-in that was completed by a code.</summary>
/// <param name="Login">The sign-in's id.</param>
/// <param name="At">When it was completed.</param>
public sealed record CompletedLogin(string Login, DateTimeOffset At);

/// <summary>A challenge that was signed.</summary>
/// <param name="Nonce">The challenge's nonce.</param>
/// <param name="GoodUntil">When it expires.</param>
public sealed record SpentChallenge(string Nonce, DateTimeOffset GoodUntil);

/// <summary>An authenticator app.</summary>
/// <param name="Secret">Its secret, sealed.</param>
/// <param name="AddedAt">When it was offered, or turned on.</param>
/// <param name="LastStep">The last time step whose code was used: neither it nor one before is good again (RFC 6238 §5.2).</param>
public sealed record AuthenticatorApp(string Secret, DateTimeOffset AddedAt, long LastStep);

/// <summary>A link that was mailed.</summary>
/// <param name="Kind">The mail that it was in, and so what it is good for.</param>
/// <param name="Nonce">What its token is derived from.</param>
/// <param name="Address">The email that it was sent to.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record MailedLink(
    MailKind Kind,
    string Nonce,
    string Address,
    DateTimeOffset ExpiresAt
);

/// <summary>A mail that waits to be sent: what it is about, and never its text or its link's token.</summary>
/// <param name="Id">The mail's id.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="To">Where it goes.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="NextTryAt">When it is due.</param>
/// <param name="Device">The device of which it tells.</param>
/// <param name="Detail">The name of what it is about.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Link">The nonce of its link; null for a mail without one.</param>
/// <param name="Count">How many events it tells of.</param>
public sealed record WaitingMail(
    string Id,
    MailKind Kind,
    string To,
    DateTimeOffset CreatedAt,
    DateTimeOffset NextTryAt,
    ClientDevice? Device = null,
    string? Detail = null,
    int Tries = 0,
    string? Link = null,
    int Count = 1
);

/// <summary>A mail that was asked for.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="At">When it was asked for.</param>
public sealed record AskedMail(MailKind Kind, DateTimeOffset At);
