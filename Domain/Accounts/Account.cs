namespace SessionAuth.Domain.Accounts;

/// <summary>
/// An account: what is stored of it, and every rule about it. One method for each operation, which decides and changes
/// nothing: the result, the next account and what is to be done beside are a <see cref="Decision{TResult}"/>.
/// </summary>
/// <remarks>
/// An id may also stand for no account: it was never used (<see cref="Unused"/>), or it was given up, and then only
/// what is left to be finished is kept of it, for a day.
/// </remarks>
public sealed partial record Account
{
    // Longer than any registration can be under way, and short enough not to pile up.
    private static readonly TimeSpan s_givenUpFor = TimeSpan.FromDays(1);

    /// <summary>An id that was never used: nothing is stored of it.</summary>
    public static Account Unused { get; } = new();

    /// <summary>The canonical email; null for an id that stands for no account.</summary>
    public string? Email { get; init; }

    /// <summary>When its owner first proved the email; null while nobody has.</summary>
    public DateTimeOffset? EmailVerifiedAt { get; init; }

    /// <summary>The email that it is to become, while that waits to be confirmed.</summary>
    public string? NewEmail { get; init; }

    /// <summary>The password's hash, a PHC string or bcrypt's; null without an account, or until a password is chosen.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>When the account was made, or the id was given up.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When storage may forget an id that stands for no account; null for an account.</summary>
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

    /// <summary>The sign-ins that were completed by a code, while their first step could still be repeated.</summary>
    public IReadOnlyList<CompletedLogin> CompletedLogins { get; init; } = [];

    /// <summary>The operations of the last minute, latest first.</summary>
    public IReadOnlyList<FinishedOperation> Finished { get; init; } = [];

    /// <summary>The challenges that the account's passkeys have signed, until they would have expired anyway.</summary>
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

    /// <summary>When mails were last asked for, or notified of something.</summary>
    public IReadOnlyList<AskedMail> AskedMails { get; init; } = [];

    /// <summary>The sessions that end together with a change that is durable already.</summary>
    public IReadOnlyList<EndingSession> Ending { get; init; } = [];

    /// <summary>The sessions that have ended and may still hold from where they were used.</summary>
    public IReadOnlyList<string> LeavingTraces { get; init; } = [];

    /// <summary>The emails that are no longer this account's, and are to be free again.</summary>
    public IReadOnlyList<string> Releasing { get; init; } = [];

    /// <summary>What happened, latest first.</summary>
    public IReadOnlyList<AccountEvent> Activity { get; init; } = [];

    /// <summary>
    /// When there is something to do that no request will come for: mail to send, an ending to finish; null when there
    /// is not. Storage finds accounts by it.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    private bool IsUnused => CreatedAt == default;

    private bool IsVerified => EmailVerifiedAt is not null;

    internal Account Recording(
        AccountEventKind kind,
        AccountContext context,
        ClientDevice? device = null,
        string? detail = null
    ) =>
        this with
        {
            Activity = Activity.With(new(context.Now, kind, Device: device, Detail: detail)),
        };
}
