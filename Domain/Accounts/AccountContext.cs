using System.Buffers.Text;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>What a decision depends on beside the account.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Now">The time.</param>
/// <param name="Rules">The settings.</param>
/// <param name="Secrets">What needs keys.</param>
/// <param name="RandomBytes">So many bytes of a cryptographic random source.</param>
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

/// <summary>Who may have an account, how strongly they prove who they are, and what is kept.</summary>
public sealed record AccountRules
{
    /// <summary>Whether nobody may register.</summary>
    public bool RegistrationIsClosed { get; init; }

    /// <summary>Whether nobody may learn which emails have an account.</summary>
    public bool RegistrationIsPrivate { get; init; }

    /// <summary>Whether an email has to be verified before it may sign in.</summary>
    public bool NeedsVerifiedEmail { get; init; }

    /// <summary>Whether second factors and passkeys may be added.</summary>
    public bool AllowsSecondFactors { get; init; } = true;

    /// <summary>Whether a session opens nothing before its user has proved two factors.</summary>
    public bool NeedsTwoFactors { get; init; }

    /// <summary>How old a proof of who is there may be for a sensitive change (NIST SP 800-63B-4 §4.1.2.1).</summary>
    public TimeSpan ProofAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many passkeys an account may have.</summary>
    public int MaxPasskeys { get; init; } = 20;

    /// <summary>How many live sessions an account may have.</summary>
    public int MaxSessions { get; init; } = 100;

    /// <summary>How many mails of one kind may be asked for in an hour.</summary>
    public int MailsPerHour { get; init; } = 5;

    /// <summary>For how long it is kept from where an account was used.</summary>
    public TimeSpan TraceRetention { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>What needs keys: secrets that are stored sealed, links' tokens, recovery codes.</summary>
public interface IAccountSecrets
{
    /// <summary>Seals a secret, so that only this account can read it again and only for this purpose.</summary>
    string Seal(UserId account, string purpose, byte[] secret);

    /// <summary>Opens a sealed secret; null when it is another account's, for another purpose, altered, or its key is gone.</summary>
    byte[]? Open(UserId account, string purpose, string sealedSecret);

    /// <summary>Whether this is the token of a link that was mailed with this nonce.</summary>
    bool IsLinkToken(Secret token, UserId account, MailKind kind, string email, string nonce);

    /// <summary>The recovery codes of an operation: always the same, and kept nowhere.</summary>
    IReadOnlyList<Secret> RecoveryCodes(UserId account, OperationId operation);

    /// <summary>The same once more; null when they are not those of these hashes, or were, before some were used.</summary>
    IReadOnlyList<Secret>? SameRecoveryCodes(
        UserId account,
        OperationId operation,
        IReadOnlyList<string> hashes
    );
}

/// <summary>The session that asks for something, and what it has proved.</summary>
/// <param name="Session">The session.</param>
/// <param name="Device">The device, as the request shows it.</param>
/// <param name="Operation">The operation's id, by which a repeated call is known; null where none is repeated.</param>
/// <param name="Live">The session as it is; null when it is not live or not this account's.</param>
public sealed record Caller(
    SessionId Session,
    ClientDevice Device,
    OperationId? Operation,
    SessionSnapshot? Live
);

/// <summary>Where a session is to be started, and how long it is to last.</summary>
/// <param name="Device">The device.</param>
/// <param name="Persistent">Whether the session outlives the browser's own.</param>
/// <param name="Replaces">The sessions that this browser has had; they end when the new one is first used.</param>
/// <param name="Operation">The operation's id, by which a repeated call is known; null where none is repeated.</param>
/// <param name="Mark">The device mark that the browser has, whoever's it is; null without one.</param>
public sealed record SignInContext(
    ClientDevice Device,
    bool Persistent,
    IReadOnlyList<SessionId> Replaces,
    OperationId? Operation = null,
    DeviceMark? Mark = null
);
