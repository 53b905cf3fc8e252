using System.Security.Cryptography;

namespace SessionAuth.Domain.Keys;

/// <summary>
/// A key of the cluster, for what is issued to applications: it signs JWTs (ES256, and RS256 for identity tokens of
/// applications that ask for it), and seals and authenticates opaque values. Immutable.
/// </summary>
public sealed record TokenKey
{
    private const int SymmetricBytes = 32;
    private const int RsaBits = 2048;

    /// <summary>The id, which is the <c>kid</c> of the ES256 key.</summary>
    public required KeyId Id { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it starts to sign. Until then it is published only, so that caches of the key set have it.</summary>
    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>The private ECDSA key on the curve P-256, as PKCS#8.</summary>
    public required SecretBytes Ecdsa { get; init; }

    /// <summary>The private RSA key of 2048 bits, as PKCS#8; null as long as no application has asked for one.</summary>
    public SecretBytes? Rsa { get; init; }

    /// <summary>The 256 random bits from which the symmetric keys are derived.</summary>
    public required SecretBytes Symmetric { get; init; }

    /// <summary>
    /// The <c>kid</c> of the RS256 key: not the one of the ES256 key, because many clients look a key up by its id alone.
    /// </summary>
    public string RsaId => $"{Id.Value}-rsa";

    /// <summary>Creates a new random key.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="now">The time.</param>
    /// <param name="signsAfter">For how long it is published before it signs.</param>
    public static TokenKey New(KeyId id, DateTimeOffset now, TimeSpan signsAfter)
    {
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(id, ecdsa, now, now + signsAfter);
    }

    /// <summary>
    /// Makes a key of an ECDSA key that already exists. Its id is taken from the public key, so that the same key has the
    /// same id again.
    /// </summary>
    /// <param name="ecdsa">The private key, on the curve P-256.</param>
    /// <param name="now">The time.</param>
    /// <param name="signsFrom">When it starts to sign.</param>
    public static TokenKey Import(ECDsa ecdsa, DateTimeOffset now, DateTimeOffset signsFrom)
    {
        ArgumentNullException.ThrowIfNull(ecdsa);
        return Of(
            KeyId.Read(SHA256.HashData(ecdsa.ExportSubjectPublicKeyInfo())),
            ecdsa,
            now,
            signsFrom
        );
    }

    /// <summary>The key with an RSA key; itself if it has one.</summary>
    public TokenKey WithRsa()
    {
        if (Rsa is not null)
            return this;

        using RSA rsa = RSA.Create(RsaBits);
        return this with { Rsa = new(rsa.ExportPkcs8PrivateKey()) };
    }

    private static TokenKey Of(
        KeyId id,
        ECDsa ecdsa,
        DateTimeOffset now,
        DateTimeOffset signsFrom
    ) =>
        new()
        {
            Id = id,
            CreatedAt = now,
            SignsFrom = signsFrom,
            Ecdsa = new(ecdsa.ExportPkcs8PrivateKey()),
            Symmetric = new(RandomNumberGenerator.GetBytes(SymmetricBytes)),
        };
}
