using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.Keys;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Secrets;

namespace SessionAuth.Grains.Keys;

/// <summary>Makes the first keys of a cluster, and encrypts and decrypts keys for storage.</summary>
internal sealed partial class KeyStore(
    SecretBox box,
    IOptions<SigningKeyOptions> options,
    ILogger<KeyStore> logger
)
{
    private const string EcdsaPart = "ecdsa";
    private const string RsaPart = "rsa";
    private const string SymmetricPart = "symmetric";

    // Not once for each question of a node.
    private KeyId? _logged;

    /// <summary>The keys of a cluster that has none: those of the setting, or a new one.</summary>
    public KeySet First(DateTimeOffset now)
    {
        IReadOnlyList<ECDsa> given = PrivateKeys.Read(options.Value.SigningKeys) ?? [];
        // The newest comes first in the setting, and signs: each of the others has signed before it.
        TokenKey[] keys =
        [
            .. given.Select(
                (key, place) => TokenKey.Import(key, now, now - TimeSpan.FromSeconds(place))
            ),
        ];
        foreach (ECDsa key in given)
            key.Dispose();
        return keys.Length > 0 ? new(keys) : KeySet.New(now);
    }

    /// <summary>
    /// Encrypts keys with the newest of <c>DATA_KEYS</c>: whatever is written has its secrets encrypted anew.
    /// </summary>
    public IReadOnlyList<StoredKey> Seal(KeySet keys) => [.. keys.Keys.Select(Seal)];

    /// <summary>Decrypts stored keys.</summary>
    /// <exception cref="KeysUnreadableException">A key cannot be decrypted. No other is made in its place.</exception>
    public KeySet Open(IReadOnlyList<StoredKey> stored) => new(stored.Select(Open));

    private StoredKey Seal(TokenKey key) =>
        new()
        {
            Id = key.Id.Value,
            CreatedAt = key.CreatedAt,
            SignsFrom = key.SignsFrom,
            Ecdsa = Seal(key.Id, EcdsaPart, key.Ecdsa),
            Rsa = key.Rsa is { } rsa ? Seal(key.Id, RsaPart, rsa) : null,
            Symmetric = Seal(key.Id, SymmetricPart, key.Symmetric),
        };

    private string Seal(KeyId id, string part, SecretBytes secret) =>
        box.Seal(SecretContext.Of(id, part), secret.AsSpan());

    private TokenKey Open(StoredKey key)
    {
        KeyId id = KeyId.Parse(key.Id);
        return new()
        {
            Id = id,
            CreatedAt = key.CreatedAt,
            SignsFrom = key.SignsFrom,
            Ecdsa = Open(id, EcdsaPart, key.Ecdsa),
            Rsa = key.Rsa is { } rsa ? Open(id, RsaPart, rsa) : null,
            Symmetric = Open(id, SymmetricPart, key.Symmetric),
        };
    }

    private SecretBytes Open(KeyId id, string part, string secret)
    {
        if (box.Open(SecretContext.Of(id, part), secret) is { } opened)
            return new(opened);

        if (_logged != id)
            LogUnreadable(id.Value);
        _logged = id;
        throw new KeysUnreadableException();
    }

    [LoggerMessage(
        EventId = 231,
        Level = LogLevel.Error,
        EventName = "key-unreadable",
        Message = "The key {Key} that signs tokens cannot be read: DATA_KEYS has lost its key, or the document was altered. Nothing is issued to applications until it is put back"
    )]
    private partial void LogUnreadable(string key);
}
