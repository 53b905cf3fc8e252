using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Secrets;

/// <summary>
/// The tokens of mailed links. Only a nonce is stored: the token is an HMAC of user, purpose, email and nonce, so that
/// read access to storage does not allow following a link.
/// </summary>
internal sealed class LinkTokens(DataKeys keys)
{
    private readonly Lazy<IReadOnlyList<byte[]>> _keys = new(() => keys.For("link-token"));

    /// <summary>Makes a token: the user id, which addresses the grain, and the MAC of 256 bits (ASVS 6.4.1).</summary>
    public Secret Make(UserId user, string purpose, string email, string nonce) =>
        new($"{user.Value}.{Mac(_keys.Value[0], user, purpose, email, nonce)}");

    /// <summary>Verifies a token with each of the keys, in constant time.</summary>
    public bool Matches(Secret token, UserId user, string purpose, string email, string nonce)
    {
        byte[] presented = Encoding.UTF8.GetBytes(token.Text);
        return _keys.Value.Any(key =>
            CryptographicOperations.FixedTimeEquals(
                presented,
                Encoding.UTF8.GetBytes($"{user.Value}.{Mac(key, user, purpose, email, nonce)}")
            )
        );
    }

    private static string Mac(
        byte[] key,
        UserId user,
        string purpose,
        string email,
        string nonce
    ) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(
                key,
                Encoding.UTF8.GetBytes($"{purpose}\n{user.Value}\n{nonce}\n{email}")
            )
        );
}
