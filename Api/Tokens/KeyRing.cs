using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Api.Tokens;

/// <summary>
/// Keys for one purpose, derived from secrets that may serve several: the first signs, all verify, so that
/// secrets rotate without signing anyone out (RFC 5869).
/// </summary>
internal sealed class KeyRing
{
    private const int KeyBytes = 32;

    private readonly byte[][] _keys;

    public KeyRing(IEnumerable<string> secrets, string purpose)
    {
        byte[] info = Encoding.ASCII.GetBytes("sessionauth " + purpose);
        _keys =
        [
            .. secrets.Select(secret =>
                HKDF.DeriveKey(
                    HashAlgorithmName.SHA256,
                    Encoding.UTF8.GetBytes(secret),
                    KeyBytes,
                    info: info
                )
            ),
        ];
    }

    /// <summary>The key that signs.</summary>
    public byte[] Newest => _keys[0];

    /// <summary>The keys that verify.</summary>
    public ReadOnlySpan<byte[]> All => _keys;
}
