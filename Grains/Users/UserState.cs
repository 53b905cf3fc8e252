using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Users;

/// <summary>A user as stored, or an id that was given up.</summary>
public sealed record UserState
{
    /// <summary>The canonical address; null for an id that was given up.</summary>
    public string? Email { get; init; }

    /// <summary>When its owner first proved the address; null while nobody has.</summary>
    public DateTimeOffset? EmailVerifiedAt { get; init; }

    /// <summary>The address that it is to become, while that waits to be confirmed.</summary>
    public string? NewEmail { get; init; }

    /// <summary>The password's hash, a PHC string or bcrypt's; null for an id that was given up, or until a password is chosen.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>When the user registered, or the id was given up.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When storage may forget an id that was given up; null for a user.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The sessions that may be live, in the order in which they were created.</summary>
    public IReadOnlyList<ListedSession> Sessions { get; init; } = [];

    /// <summary>The last ten that ended, latest first.</summary>
    public IReadOnlyList<EndedSession> Ended { get; init; } = [];

    /// <summary>Counts the changes of the account's secrets: a sign-in that began before one does not end after it.</summary>
    public long Stamp { get; init; } = 1;

    /// <summary>Counts what ends the devices that were known: a device mark of an earlier epoch is worth nothing.</summary>
    public long DeviceEpoch { get; init; } = 1;

    /// <summary>The devices on which the user has signed in, the last used last; at most 20.</summary>
    public IReadOnlyList<RememberedDevice> Devices { get; init; } = [];

    /// <summary>The sign-ins that have been completed by a code, while their first step could still be repeated.</summary>
    public IReadOnlyList<CompletedLogin> CompletedLogins { get; init; } = [];

    /// <summary>What was done within the last minute, latest first.</summary>
    public IReadOnlyList<FinishedOperation> Finished { get; init; } = [];

    /// <summary>The challenges that the user's passkeys have signed, until they would be too old anyway.</summary>
    public IReadOnlyList<SpentChallenge> SpentChallenges { get; init; } = [];

    /// <summary>The authenticator app; null without one.</summary>
    public AuthenticatorApp? Totp { get; init; }

    /// <summary>The authenticator app that waits to be confirmed.</summary>
    public AuthenticatorApp? OfferedTotp { get; init; }

    /// <summary>The hashes of the recovery codes that are unused.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    /// <summary>The passkeys, in the order in which they were added.</summary>
    public IReadOnlyList<Passkey> Passkeys { get; init; } = [];

    /// <summary>The links that were mailed and are unused.</summary>
    public IReadOnlyList<MailedLink> Links { get; init; } = [];

    /// <summary>The mails that wait to be sent.</summary>
    public IReadOnlyList<WaitingMail> Outbox { get; init; } = [];

    /// <summary>When mails were last asked for, or told of something.</summary>
    public IReadOnlyList<AskedMail> AskedMails { get; init; } = [];

    /// <summary>The sessions that end together with a change that is durable already.</summary>
    public IReadOnlyList<EndingSession> Ending { get; init; } = [];

    /// <summary>The sessions that have ended and may still hold from where they were used.</summary>
    public IReadOnlyList<string> LeavingTraces { get; init; } = [];

    /// <summary>The addresses that are no longer this user's, and are to be free again.</summary>
    public IReadOnlyList<string> Releasing { get; init; } = [];

    /// <summary>What happened, latest first.</summary>
    public IReadOnlyList<AccountEvent> Activity { get; init; } = [];

    /// <summary>
    /// When there is something to do that no request will come for: mail to send, an ending to finish; null when there
    /// is not. Storage finds users by it.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>A session in its user's list, where it stands before it exists.</summary>
/// <param name="Id">The session id.</param>
/// <param name="ListedAt">When it was listed.</param>
/// <param name="Ip">The client's address, as the list last showed it.</param>
/// <param name="UsedAt">When it was used, as the list last looked for what is to be forgotten; null when there is nothing any more.</param>
public sealed record ListedSession(
    string Id,
    DateTimeOffset ListedAt,
    string? Ip = null,
    DateTimeOffset? UsedAt = null
);

/// <summary>A device on which the user has signed in.</summary>
/// <param name="Id">What it is known by.</param>
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

/// <summary>A session that has ended, as its user is shown it.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Device">Where it was started.</param>
/// <param name="CreatedAt">When its user signed in.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it would have ended by itself.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Reason">Why.</param>
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
/// <param name="Reason">Why.</param>
/// <param name="Tries">How often it could not be ended.</param>
public sealed record EndingSession(string Id, SessionEndReason Reason, int Tries = 0);

/// <summary>Something that was asked for, and done.</summary>
/// <param name="Id">The operation.</param>
/// <param name="At">When it was done.</param>
/// <param name="Stamp">The state of the account's secrets that it left.</param>
/// <param name="Result">What its answer is made of: the session that was started; null where it needs nothing.</param>
public sealed record FinishedOperation(string Id, DateTimeOffset At, long Stamp, string? Result);

/// <summary>A sign-in that was completed by a code.</summary>
/// <param name="Login">Its id.</param>
/// <param name="At">When.</param>
public sealed record CompletedLogin(string Login, DateTimeOffset At);

/// <summary>A challenge that was signed.</summary>
/// <param name="Nonce">Which.</param>
/// <param name="GoodUntil">Until when it would be good.</param>
public sealed record SpentChallenge(string Nonce, DateTimeOffset GoodUntil);

/// <summary>An authenticator app.</summary>
/// <param name="Secret">Its secret, sealed.</param>
/// <param name="AddedAt">When it was offered, or turned on.</param>
/// <param name="LastStep">The last time step whose code was used: neither it nor one before is good again (RFC 6238 §5.2).</param>
public sealed record AuthenticatorApp(string Secret, DateTimeOffset AddedAt, long LastStep);

/// <summary>A link that was mailed.</summary>
/// <param name="Kind">The mail that it was in, and so what it is good for.</param>
/// <param name="Nonce">What its token is made of.</param>
/// <param name="Address">The address that it was sent to.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
public sealed record MailedLink(
    MailKind Kind,
    string Nonce,
    string Address,
    DateTimeOffset ExpiresAt
);

/// <summary>A mail that waits to be sent: what it is about, and never its text or its link's token.</summary>
/// <param name="Id">The mail.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="To">Where it goes.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="NextTryAt">When it is due.</param>
/// <param name="Device">From where that was asked which it tells of.</param>
/// <param name="Detail">The name of what it is about.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Link">The nonce of its link; null for a mail without one.</param>
/// <param name="Count">Of how many events it tells.</param>
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

/// <summary>A mail that somebody asked for.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="At">When.</param>
public sealed record AskedMail(MailKind Kind, DateTimeOffset At);
