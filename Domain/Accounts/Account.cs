using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>
/// An account: its stored state and its rules. Each operation is a pure method that returns an
/// <see cref="AccountDecision{TResult}"/>: the result, the next state and the effects.
/// </summary>
/// <remarks>
/// An id may also have no account: it was never used (<see cref="Unused"/>), or it was released or deleted, and then
/// only the remaining work is kept, for a day.
/// </remarks>
public sealed partial record Account
{
    // Longer than any registration can take, and short enough that such documents do not accumulate.
    private static readonly TimeSpan s_releasedFor = TimeSpan.FromDays(1);

    /// <summary>An id that was never used.</summary>
    public static Account Unused { get; } = new();

    /// <summary>The canonical email; null if the id has no account.</summary>
    public string? Email { get; init; }

    /// <summary>When the email was verified; null if it was not.</summary>
    public DateTimeOffset? EmailVerifiedAt { get; init; }

    /// <summary>The new email of a pending email change.</summary>
    public string? NewEmail { get; init; }

    /// <summary>
    /// The password hash, a PHC string or bcrypt; null without an account, or until a password is set.
    /// </summary>
    public string? PasswordHash { get; init; }

    /// <summary>When the account was created, or the id was released.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When storage may delete the state of an id without an account; null for an account.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The sessions that may be live, in order of creation.</summary>
    public IReadOnlyList<ListedSession> Sessions { get; init; } = [];

    /// <summary>The last ten ended sessions, latest first.</summary>
    public IReadOnlyList<EndedSession> Ended { get; init; } = [];

    /// <summary>
    /// The security stamp: counts the changes of the account's secrets. A sign-in that began before a change does not
    /// complete after it.
    /// </summary>
    public long Stamp { get; init; } = 1;

    /// <summary>Incremented to invalidate all earlier device marks.</summary>
    public long DeviceEpoch { get; init; } = 1;

    /// <summary>The known devices, least recently used first; at most 20.</summary>
    public IReadOnlyList<RememberedDevice> Devices { get; init; } = [];

    /// <summary>The sign-ins completed with a code, kept while their first step is valid (replay).</summary>
    public IReadOnlyList<CompletedLogin> CompletedLogins { get; init; } = [];

    /// <summary>The operations completed within the last minute, latest first.</summary>
    public IReadOnlyList<FinishedOperation> Finished { get; init; } = [];

    /// <summary>The WebAuthn challenges that were used, kept until they expire (replay).</summary>
    public IReadOnlyList<SpentChallenge> SpentChallenges { get; init; } = [];

    /// <summary>The OTP authenticators; at most one for each second factor.</summary>
    public IReadOnlyList<OtpAuthenticator> Otp { get; init; } = [];

    /// <summary>The authenticator of one-time passwords that waits to be confirmed.</summary>
    public OtpAuthenticator? OfferedOtp { get; init; }

    /// <summary>The hashes of the unused recovery codes.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    /// <summary>The passkeys, in order of creation.</summary>
    public IReadOnlyList<Passkey> Passkeys { get; init; } = [];

    /// <summary>The mailed links that are unused.</summary>
    public IReadOnlyList<MailedLink> Links { get; init; } = [];

    /// <summary>The outbox: the emails that are to be sent.</summary>
    public IReadOnlyList<WaitingMail> Outbox { get; init; } = [];

    /// <summary>When emails were last requested or sent as notifications, for rate limiting.</summary>
    public IReadOnlyList<AskedMail> AskedMails { get; init; } = [];

    /// <summary>The sessions that have to end because of a change that is stored already.</summary>
    public IReadOnlyList<EndingSession> Ending { get; init; } = [];

    /// <summary>The ended sessions that may still have device data.</summary>
    public IReadOnlyList<string> RemovingDeviceData { get; init; } = [];

    /// <summary>The emails that the account no longer uses and has to release.</summary>
    public IReadOnlyList<string> Releasing { get; init; } = [];

    /// <summary>The activity log, latest first.</summary>
    public IReadOnlyList<AccountEvent> Activity { get; init; } = [];

    /// <summary>
    /// When scheduled work is due: emails to send, endings to finish, data to remove; null if there is none. Storage
    /// finds accounts by it.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    private bool IsUnused => CreatedAt == default;

    private bool IsVerified => EmailVerifiedAt is not null;

    internal Account Recording(
        AccountEventKind kind,
        AccountContext context,
        ClientDevice? device = null,
        string? detail = null,
        AuthenticationMethod? method = null
    ) =>
        this with
        {
            Activity = Activity.With(
                new(context.Now, kind, Device: device, Detail: detail, Method: method)
            ),
        };
}
