using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Grains.Secrets;

/// <summary>
/// Encrypts secrets for storage with AES-256-GCM. Their context is associated data, so that a ciphertext that was moved
/// to another user, for example, or altered does not decrypt (ASVS 11.3.2, 11.3.3).
/// </summary>
/// <remarks>Format: base64url of key fingerprint, nonce, ciphertext and tag.</remarks>
internal sealed class SecretBox(DataKeys keys)
{
    private const int FingerprintBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = FingerprintBytes + NonceBytes + TagBytes;

    private readonly Lazy<IReadOnlyList<byte[]>> _keys = new(() => keys.For("secret-box"));

    /// <summary>Encrypts a secret with the newest key.</summary>
    public string Seal(SecretContext context, ReadOnlySpan<byte> secret)
    {
        byte[] key = _keys.Value[0];
        byte[] box = new byte[Overhead + secret.Length];
        Fingerprint(key).CopyTo(box);
        Span<byte> nonce = box.AsSpan(FingerprintBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(key, TagBytes);
        aes.Encrypt(
            nonce,
            secret,
            box.AsSpan(FingerprintBytes + NonceBytes, secret.Length),
            box.AsSpan(box.Length - TagBytes),
            Encoding.UTF8.GetBytes(context.Text)
        );
        return Base64Url.EncodeToString(box);
    }

    /// <summary>Decrypts a secret; null when the context differs, it was altered, or its key is missing.</summary>
    public byte[]? Open(SecretContext context, string sealedSecret)
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

        if (box.Length < Overhead)
            return null;

        byte[] secret = new byte[box.Length - Overhead];
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
                    Encoding.UTF8.GetBytes(context.Text)
                );
                return secret;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Fingerprints are short: another key may have the same.
            }
        }

        return null;
    }

    private static Span<byte> Fingerprint(byte[] key) =>
        SHA256.HashData(key).AsSpan(0, FingerprintBytes);
}
