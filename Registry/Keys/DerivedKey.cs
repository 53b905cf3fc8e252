using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Registry.Keys;

/// <summary>The symmetric keys of a <see cref="TokenKey"/>, derived with HKDF (RFC 5869).</summary>
internal sealed class DerivedKey(TokenKey key)
{
    private const int KeyBytes = 32;

    /// <summary>The id.</summary>
    public KeyId Id => key.Id;

    /// <summary>Encrypts sealed values.</summary>
    public byte[] Sealing { get; } = Derive(key, "sealed values");

    /// <summary>Authenticates signed values.</summary>
    public byte[] Signing { get; } = Derive(key, "signed values");

    private static byte[] Derive(TokenKey key, string use)
    {
        byte[] derived = new byte[KeyBytes];
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            key.Symmetric.AsSpan(),
            derived,
            salt: [],
            info: Encoding.ASCII.GetBytes("sessionauth " + use)
        );
        return derived;
    }
}
