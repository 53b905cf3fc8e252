using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Secrets;

/// <summary>
/// Secrets that are stored so that they can be read again: AES-256-GCM, bound to their user and purpose, so that one
/// that was moved to another user, or altered, does not open (ASVS 11.3.2, 11.3.3).
/// </summary>
/// <remarks>base64url of: the key's fingerprint, the nonce, the ciphertext, the tag.</remarks>
internal sealed class SecretBox(DataKeys keys)
{
    private const int FingerprintBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Around = FingerprintBytes + NonceBytes + TagBytes;

    private readonly Lazy<IReadOnlyList<byte[]>> _keys = new(() => keys.For("secret-box"));

    /// <summary>Closes a secret up with the newest key.</summary>
    public string Seal(UserId user, string purpose, ReadOnlySpan<byte> secret)
    {
        byte[] key = _keys.Value[0];
        byte[] box = new byte[Around + secret.Length];
        Fingerprint(key).CopyTo(box);
        Span<byte> nonce = box.AsSpan(FingerprintBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(key, TagBytes);
        aes.Encrypt(
            nonce,
            secret,
            box.AsSpan(FingerprintBytes + NonceBytes, secret.Length),
            box.AsSpan(box.Length - TagBytes),
            Context(user, purpose)
        );
        return Base64Url.EncodeToString(box);
    }

    /// <summary>The secret; null when it is another user's, for something else, altered, or its key is gone.</summary>
    public byte[]? Open(UserId user, string purpose, string sealedSecret)
    {
        byte[] box;
        try
        {
            box = Base64Url.DecodeFromChars(sealedSecret);
        }
        catch (FormatException)
        {
            return null;
        }

        if (box.Length < Around)
            return null;

        byte[] secret = new byte[box.Length - Around];
        foreach (byte[] key in _keys.Value)
        {
            if (!box.AsSpan(0, FingerprintBytes).SequenceEqual(Fingerprint(key)))
                continue;

            try
            {
                using AesGcm aes = new(key, TagBytes);
                aes.Decrypt(
                    box.AsSpan(FingerprintBytes, NonceBytes),
                    box.AsSpan(FingerprintBytes + NonceBytes, secret.Length),
                    box.AsSpan(box.Length - TagBytes),
                    secret,
                    Context(user, purpose)
                );
                return secret;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Two keys may share a fingerprint: the next is tried.
            }
        }

        return null;
    }

    private static byte[] Context(UserId user, string purpose) =>
        Encoding.UTF8.GetBytes($"{user.Value}/{purpose}");

    private static Span<byte> Fingerprint(byte[] key) =>
        SHA256.HashData(key).AsSpan(0, FingerprintBytes);
}
