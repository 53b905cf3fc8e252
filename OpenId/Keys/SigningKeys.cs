using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Registry.Copies;

namespace SessionAuth.OpenId.Keys;

/// <summary>The keys that tokens are signed and verified with, ready to use. Loaded once for each set of keys.</summary>
public sealed class SigningKeys(RegistryCopy registry, TimeProvider clock)
{
    private volatile Loaded? _loaded;

    /// <summary>All keys, the signing one first.</summary>
    public IReadOnlyList<SigningCredentials> Published
    {
        get
        {
            // Also of a copy that is outdated by now: requests ask whether it is.
            Loaded loaded = Load(
                (registry.Newest ?? throw new RegistryUnavailableException()).Keys
            );
            return
            [
                .. loaded
                    .Set.Published(clock.GetUtcNow())
                    .SelectMany(key => loaded.Credentials[key.Id]),
            ];
        }
    }

    /// <summary>Whether clients can ask for identity tokens with RS256.</summary>
    public bool HasRsa =>
        Load(registry.Current.Keys).Set.Signing(clock.GetUtcNow()).Rsa is not null;

    /// <summary>What signs now.</summary>
    /// <exception cref="RegistryUnavailableException">The set has no key of this kind yet.</exception>
    public SigningCredentials Signing(IdentityTokenAlgorithm algorithm)
    {
        Loaded loaded = Load(registry.Current.Keys);
        string name = algorithm switch
        {
            IdentityTokenAlgorithm.ES256 => SecurityAlgorithms.EcdsaSha256,
            IdentityTokenAlgorithm.RS256 => SecurityAlgorithms.RsaSha256,
        };
        return Array.Find(
                loaded.Credentials[loaded.Set.Signing(clock.GetUtcNow()).Id],
                credentials => credentials.Algorithm == name
            ) ?? throw new RegistryUnavailableException("There is no RSA key yet.");
    }

    private Loaded Load(KeySet set)
    {
        if (_loaded is { } loaded && ReferenceEquals(loaded.Set, set))
            return loaded;
        return _loaded = new(set, set.Keys.ToDictionary(key => key.Id, Credentials));
    }

    private static SigningCredentials[] Credentials(TokenKey key)
    {
        ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Ecdsa.AsSpan(), out _);
        SigningCredentials es256 = new(
            new ECDsaSecurityKey(ecdsa) { KeyId = key.Id.Value },
            SecurityAlgorithms.EcdsaSha256
        );
        if (key.Rsa is not { } pkcs8)
            return [es256];

        RSA rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8.AsSpan(), out _);
        return
        [
            es256,
            new(new RsaSecurityKey(rsa) { KeyId = key.RsaId }, SecurityAlgorithms.RsaSha256),
        ];
    }

    private sealed record Loaded(
        KeySet Set,
        IReadOnlyDictionary<KeyId, SigningCredentials[]> Credentials
    );
}
