using Microsoft.Extensions.Logging;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Secrets;

namespace SessionAuth.Grains.Accounts;

/// <summary>The account's cryptography, with keys derived from <c>DATA_KEYS</c>.</summary>
internal sealed partial class AccountSecrets(
    SecretBox box,
    LinkTokens links,
    RecoveryCodeMaker recoveryCodes,
    ILogger<AccountSecrets> logger
) : IAccountSecrets
{
    public string Seal(UserId account, string purpose, byte[] secret) =>
        box.Seal(SecretContext.Of(account, purpose), secret);

    public byte[]? Open(UserId account, string purpose, string sealedSecret)
    {
        byte[]? secret = box.Open(SecretContext.Of(account, purpose), sealedSecret);
        if (secret is null)
            LogSecretUnreadable(account.Value);
        return secret;
    }

    public bool IsLinkToken(
        Secret token,
        UserId account,
        MailKind kind,
        string email,
        string nonce
    ) => links.Matches(token, account, kind.ToString(), email, nonce);

    /// <summary>The link token with this nonce.</summary>
    public Secret LinkToken(UserId account, MailKind kind, string email, string nonce) =>
        links.Make(account, kind.ToString(), email, nonce);

    public IReadOnlyList<Secret> RecoveryCodes(UserId account, OperationId operation) =>
        recoveryCodes.Make(account, operation);

    public IReadOnlyList<Secret>? SameRecoveryCodes(
        UserId account,
        OperationId operation,
        IReadOnlyList<string> hashes
    ) => recoveryCodes.MakeAgain(account, operation, hashes);

    [LoggerMessage(
        EventId = 213,
        Level = LogLevel.Error,
        EventName = "secret-unreadable",
        Message = "The secret of a second factor of user {User} cannot be read: DATA_KEYS has lost its key, or the document was altered"
    )]
    private partial void LogSecretUnreadable(string user);
}
