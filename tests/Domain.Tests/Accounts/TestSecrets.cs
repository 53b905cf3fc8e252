using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.SecondFactors;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Account secrets without keys: "encrypted" text is readable.</summary>
internal sealed class TestSecrets : IAccountSecrets
{
    public string Seal(UserId account, string purpose, byte[] secret) =>
        $"{account}/{purpose}/{Convert.ToHexString(secret)}";

    public byte[]? Open(UserId account, string purpose, string sealedSecret) =>
        sealedSecret.Split('/') is [var owner, var use, var hex]
        && owner == account.Value
        && use == purpose
            ? Convert.FromHexString(hex)
            : null;

    public bool IsLinkToken(
        Secret token,
        UserId account,
        MailKind kind,
        string email,
        string nonce
    ) => token.Text == LinkToken(account, kind, email, nonce).Text;

    public static Secret LinkToken(UserId account, MailKind kind, string email, string nonce) =>
        new($"{account}.{kind}.{email}.{nonce}");

    public IReadOnlyList<Secret> RecoveryCodes(UserId account, OperationId operation) =>
        [
            .. Enumerable
                .Range(0, RecoveryCodeFactor.Count)
                .Select(i =>
                    RecoveryCodeFactor.Shown(
                        SHA256.HashData(Encoding.UTF8.GetBytes($"{account}{operation}{i}"))
                    )
                ),
        ];

    public IReadOnlyList<Secret>? SameRecoveryCodes(
        UserId account,
        OperationId operation,
        IReadOnlyList<string> hashes
    )
    {
        IReadOnlyList<Secret> codes = RecoveryCodes(account, operation);
        return hashes.Except(codes.Select(code => RecoveryCodeFactor.Hash(account, code))).Any()
            ? null
            : codes;
    }
}
