using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>A session in its account's list. It is listed before it is started.</summary>
/// <param name="Id">The session id.</param>
/// <param name="ListedAt">When the session was listed.</param>
/// <param name="Ip">The client's IP address as of the last listing.</param>
/// <param name="UsedAt">
/// When the session was last used, as of the last retention run; null when its device data was removed.
/// </param>
public sealed record ListedSession(
    string Id,
    DateTimeOffset ListedAt,
    string? Ip = null,
    DateTimeOffset? UsedAt = null
);

/// <summary>An ended session, as shown to its user.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Device">The device that it was started on.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it would have expired.</param>
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

/// <summary>A session that has to be ended.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Reason">Why it has to end.</param>
/// <param name="Tries">How many attempts to end it have failed.</param>
public sealed record EndingSession(string Id, SessionEndReason Reason, int Tries = 0);

/// <summary>A known device.</summary>
/// <param name="Id">The id in the device mark.</param>
/// <param name="Session">The last session that was started on it.</param>
/// <param name="Browser">The browser; null after its retention time.</param>
/// <param name="System">The operating system; null after its retention time.</param>
/// <param name="SeenAt">When its last session was started.</param>
public sealed record RememberedDevice(
    string Id,
    string Session,
    string? Browser,
    string? System,
    DateTimeOffset SeenAt
);

/// <summary>A completed operation, kept for idempotency.</summary>
/// <param name="Id">The operation id.</param>
/// <param name="At">When it was completed.</param>
/// <param name="Stamp">The account's stamp after it.</param>
/// <param name="Result">What is needed to repeat the result, such as the started session; null if nothing.</param>
public sealed record FinishedOperation(string Id, DateTimeOffset At, long Stamp, string? Result);

/// <summary>A sign-in that was completed with a code.</summary>
/// <param name="Login">The sign-in id.</param>
/// <param name="At">When it was completed.</param>
public sealed record CompletedLogin(string Login, DateTimeOffset At);

/// <summary>A WebAuthn challenge that was used.</summary>
/// <param name="Nonce">The challenge's nonce.</param>
/// <param name="GoodUntil">When it expires.</param>
public sealed record SpentChallenge(string Nonce, DateTimeOffset GoodUntil);

/// <summary>An OTP authenticator, such as an authenticator app.</summary>
/// <param name="Method">The second factor that it belongs to.</param>
/// <param name="Secret">The encrypted secret.</param>
/// <param name="AddedAt">When its setup began, or was confirmed.</param>
/// <param name="LastCounter">
/// The counter of the last used code, for an app its time step. Neither it nor an earlier one is accepted again (RFC
/// 6238 §5.2).
/// </param>
public sealed record OtpAuthenticator(
    AuthenticationMethod Method,
    string Secret,
    DateTimeOffset AddedAt,
    long LastCounter
);

/// <summary>A mailed link.</summary>
/// <param name="Kind">The kind of email, which determines the purpose of the link.</param>
/// <param name="Nonce">The value that its token is derived from.</param>
/// <param name="Email">The recipient.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record MailedLink(
    MailKind Kind,
    string Nonce,
    string Email,
    DateTimeOffset ExpiresAt
);

/// <summary>
/// An email in the outbox: the data that it is rendered from, but neither its text nor its link token.
/// </summary>
/// <param name="Id">The id of the email.</param>
/// <param name="Kind">The kind of email.</param>
/// <param name="To">The recipient.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="NextTryAt">When it is due to be sent.</param>
/// <param name="Device">The device that it reports; null if none.</param>
/// <param name="Detail">The name of the changed item, such as a passkey or the new email; null if none.</param>
/// <param name="Tries">How many attempts to send it have failed.</param>
/// <param name="Link">The nonce of its link; null if it has none.</param>
/// <param name="Count">The number of coalesced events.</param>
/// <param name="Method">The second factor that it reports; null if none.</param>
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
    int Count = 1,
    AuthenticationMethod? Method = null
);

/// <summary>An email that counts against the account's rate limit.</summary>
/// <param name="Kind">The kind of email.</param>
/// <param name="At">When it was requested.</param>
/// <param name="Method">The second factor that it reports; null if none.</param>
public sealed record AskedMail(
    MailKind Kind,
    DateTimeOffset At,
    AuthenticationMethod? Method = null
);
