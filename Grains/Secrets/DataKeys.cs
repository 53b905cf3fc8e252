using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Secrets;

/// <summary>Keys derived from the secrets (RFC 5869), for one purpose each: the first is used, all are good.</summary>
internal sealed class DataKeys(IOptions<DataKeyOptions> options)
{
    private const int KeyBytes = 32;

    /// <exception cref="InvalidOperationException">No secrets are set.</exception>
    public IReadOnlyList<byte[]> For(string purpose)
    {
        byte[] info = Encoding.ASCII.GetBytes("sessionauth data " + purpose);
        string[] secrets =
            options.Value.DataKeys?.Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            ) ?? [];
        if (secrets.Length == 0)
            throw new InvalidOperationException("DATA_KEYS must be set.");
        return
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
}
