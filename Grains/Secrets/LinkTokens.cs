using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Secrets;

/// <summary>
/// The tokens of mailed links. They are not stored: each is the MAC of its user, purpose, address and of a nonce that
/// is, so that whoever reads storage cannot follow a link.
/// </summary>
internal sealed class LinkTokens(DataKeys keys)
{
    private readonly Lazy<IReadOnlyList<byte[]>> _keys = new(() => keys.For("link-token"));

    /// <summary>The token: the user, so that the grain is found, and the MAC: 256 bits (ASVS 6.4.1).</summary>
    public Secret Make(UserId user, string purpose, string address, string nonce) =>
        new($"{user.Value}.{Mac(_keys.Value[0], user, purpose, address, nonce)}");

    /// <summary>Whether the token is the one that was made so, with any of the keys.</summary>
    public bool Matches(Secret token, UserId user, string purpose, string address, string nonce)
    {
        byte[] presented = Encoding.UTF8.GetBytes(token.Text);
        return _keys.Value.Any(key =>
            CryptographicOperations.FixedTimeEquals(
                presented,
                Encoding.UTF8.GetBytes($"{user.Value}.{Mac(key, user, purpose, address, nonce)}")
            )
        );
    }

    private static string Mac(
        byte[] key,
        UserId user,
        string purpose,
        string address,
        string nonce
    ) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(
                key,
                Encoding.UTF8.GetBytes($"{purpose}\n{user.Value}\n{nonce}\n{address}")
            )
        );
}
