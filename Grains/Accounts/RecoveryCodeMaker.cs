using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Grains.Secrets;

namespace SessionAuth.Grains.Accounts;

/// <summary>
/// Makes recovery codes: ten, each of 125 bits that nobody can tell from random ones without the key. They depend on the
/// operation alone, so that the call that is repeated shows the same ones again; they are kept nowhere.
/// </summary>
internal sealed class RecoveryCodeMaker(DataKeys keys)
{
    private readonly Lazy<IReadOnlyList<byte[]>> _keys = new(() => keys.For("recovery-codes"));

    /// <summary>The codes, as they are shown.</summary>
    public IReadOnlyList<Secret> Make(UserId user, OperationId operation) =>
        Make(_keys.Value[0], user, operation);

    /// <summary>The same codes once more; null when they are not those that the user has, or had.</summary>
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
