using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Grains.Secrets;

namespace SessionAuth.Grains.Accounts;

/// <summary>
/// Makes recovery codes: ten, each of 125 bits that are indistinguishable from random without the key. They are derived
/// from the user and the operation id, so that a repeated call returns the same codes although only hashes are stored.
/// </summary>
internal sealed class RecoveryCodeMaker(DataKeys keys)
{
    private readonly Lazy<IReadOnlyList<byte[]>> _keys = new(() => keys.For("recovery-codes"));

    /// <summary>The codes as shown to the user.</summary>
    public IReadOnlyList<Secret> Make(UserId user, OperationId operation) =>
        Make(_keys.Value[0], user, operation);

    /// <summary>The codes of an earlier call; null when they do not match the hashes.</summary>
    public IReadOnlyList<Secret>? MakeAgain(
        UserId user,
        OperationId operation,
        IReadOnlyList<string> hashes
    ) =>
        _keys
            .Value.Select(key => Make(key, user, operation))
            .FirstOrDefault(codes =>
                !hashes.Except(codes.Select(code => RecoveryCodeFactor.Hash(user, code))).Any()
            );

    private static Secret[] Make(byte[] key, UserId user, OperationId operation) =>
        [
            .. Enumerable
                .Range(0, RecoveryCodeFactor.Count)
                .Select(i =>
                    RecoveryCodeFactor.Shown(
                        HMACSHA256.HashData(
                            key,
                            Encoding.UTF8.GetBytes($"{user}\n{operation}\n{i}")
                        )
                    )
                ),
        ];
}
