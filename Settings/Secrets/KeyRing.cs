using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Settings.Secrets;

/// <summary>
/// Keys for one purpose, derived with HKDF from secrets that may serve several purposes (RFC 5869). The newest key
/// signs, all keys verify, so that secrets can be rotated without signing anyone out.
/// </summary>
public sealed class KeyRing
{
    private const int KeyBytes = 32;

    private readonly byte[][] _keys;

    /// <summary>Derives the keys.</summary>
    /// <param name="secrets">The secrets, newest first.</param>
    /// <param name="purpose">Separates the keys from those that other purposes derive from the same secrets.</param>
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

    /// <summary>The key to sign or encrypt with.</summary>
    public byte[] Newest => _keys[0];

    /// <summary>The keys to verify or decrypt with.</summary>
    public ReadOnlySpan<byte[]> All => _keys;
}
