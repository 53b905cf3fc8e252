using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain.Applications;

namespace SessionAuth.OpenId.Applications;

/// <summary>
/// Verifies the secrets of applications. They are random, with 256 bits, so that a fast hash protects them.
/// </summary>
internal static class ClientSecrets
{
    private const int LongestSecret = 256;

    /// <summary>Whether the secret is one of the application's, in a time that does not depend on which.</summary>
    public static bool IsRight(Application application, string? secret)
    {
        if (secret is not { Length: > 0 and <= LongestSecret })
            return false;

        Span<byte> presented = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(secret), presented);
        Span<byte> encoded = stackalloc byte[Base64Url.GetEncodedLength(presented.Length)];
        Base64Url.EncodeToUtf8(presented, encoded);

        bool isRight = false;
        foreach (string hash in application.SecretHashes)
            isRight |= CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(hash),
                encoded
            );
        return isRight;
    }
}
