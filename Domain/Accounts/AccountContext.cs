using System.Buffers.Text;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>The inputs of a decision other than the account itself.</summary>
/// <param name="Id">The account id.</param>
/// <param name="Now">The current time.</param>
/// <param name="Rules">The configured rules.</param>
/// <param name="Secrets">The operations that need keys.</param>
/// <param name="RandomBytes">Returns the given number of cryptographically random bytes.</param>
public sealed record AccountContext(
    UserId Id,
    DateTimeOffset Now,
    AccountRules Rules,
    IAccountSecrets Secrets,
    Func<int, byte[]> RandomBytes
)
{
    private const int NonceBytes = 16;

    internal string NewNonce() => Base64Url.EncodeToString(RandomBytes(NonceBytes));

    // A session id has the form of a nonce.
    internal SessionId NewSessionId() => SessionId.Parse(NewNonce());
}

/// <summary>The configured rules for registration, authentication and data retention.</summary>
public sealed record AccountRules
{
    /// <summary>Whether registration is closed.</summary>
    public bool RegistrationIsClosed { get; init; }

    /// <summary>Whether registration must not reveal which emails have an account (user enumeration).</summary>
    public bool RegistrationIsPrivate { get; init; }

    /// <summary>Whether an email has to be verified before sign-in.</summary>
    public bool NeedsVerifiedEmail { get; init; }

    /// <summary>Whether second factors and passkeys may be added.</summary>
    public bool AllowsSecondFactors { get; init; } = true;

    /// <summary>Whether two factors are required. Sessions with fewer are restricted.</summary>
    public bool NeedsTwoFactors { get; init; }

    /// <summary>The maximum age of an authentication for a sensitive change (NIST SP 800-63B-4 §4.1.2.1).</summary>
    public TimeSpan ProofAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The maximum number of passkeys per account.</summary>
    public int MaxPasskeys { get; init; } = 20;

    /// <summary>The maximum number of live sessions per account.</summary>
    public int MaxSessions { get; init; } = 100;

    /// <summary>The maximum number of emails of one kind that an account may request per hour.</summary>
    public int MailsPerHour { get; init; } = 5;

    /// <summary>How long IP addresses and browsers are kept.</summary>
    public TimeSpan DeviceDataRetention { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>The operations that need keys: encrypted secrets, link tokens and recovery codes.</summary>
public interface IAccountSecrets
{
    /// <summary>Encrypts a secret, bound to this account and purpose.</summary>
    string Seal(UserId account, string purpose, byte[] secret);

    /// <summary>
    /// Decrypts a secret; null when it belongs to another account or purpose, was altered, or its key was removed.
    /// </summary>
    byte[]? Open(UserId account, string purpose, string sealedSecret);

    /// <summary>Whether this is the token of the mailed link with this nonce.</summary>
    bool IsLinkToken(Secret token, UserId account, MailKind kind, string email, string nonce);

    /// <summary>
    /// Derives recovery codes from an operation id. Deterministic, so that they need not be stored to repeat a result.
    /// </summary>
    IReadOnlyList<Secret> RecoveryCodes(UserId account, OperationId operation);

    /// <summary>
    /// Derives the same recovery codes again; null if they do not match these hashes, because they were replaced or
    /// used since.
    /// </summary>
    IReadOnlyList<Secret>? SameRecoveryCodes(
        UserId account,
        OperationId operation,
        IReadOnlyList<string> hashes
    );
}

/// <summary>The session that makes a request, and how it authenticated.</summary>
/// <param name="Session">The session id.</param>
/// <param name="Device">The device, as described by the request.</param>
/// <param name="Operation">
/// The operation id, which makes the call idempotent; null for calls that are not retried.
/// </param>
/// <param name="Live">The session's state; null if it is not live or belongs to another account.</param>
public sealed record Caller(
    SessionId Session,
    ClientDevice Device,
    OperationId? Operation,
    SessionSnapshot? Live
);

/// <summary>The device and lifetime of a session to start.</summary>
/// <param name="Device">The device, as described by the request.</param>
/// <param name="Persistent">Whether the session outlives the browser session ("remember me").</param>
/// <param name="Replaces">The browser's previous sessions, which end when the new one is first used.</param>
/// <param name="Operation">
/// The operation id, which makes the call idempotent; null for calls that are not retried.
/// </param>
/// <param name="Mark">The device mark that the browser presented, of any user; null if none.</param>
public sealed record SignInContext(
    ClientDevice Device,
    bool Persistent,
    IReadOnlyList<SessionId> Replaces,
    OperationId? Operation = null,
    DeviceMark? Mark = null
);
