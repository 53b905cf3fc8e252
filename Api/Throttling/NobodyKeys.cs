using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.Api.Throttling;

/// <summary>
/// What an address that nobody owns is counted under: a keyed hash, so that storage says nothing of what was typed, and
/// nobody can choose addresses that are counted together. A new secret begins these counts anew; they protect no account.
/// </summary>
internal sealed class NobodyKeys(Secrets secrets)
{
    private readonly KeyRing _keys = new(secrets.Cookies, "nobody");

    /// <summary>The keyed hash, and which grain counts it.</summary>
    public (string Hash, int Share) Of(EmailKey address)
    {
        byte[] hash = HMACSHA256.HashData(_keys.Newest, Encoding.ASCII.GetBytes(address.Value));
        int share = (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % ThrottleKey.NobodyShares);
        return (Convert.ToHexStringLower(hash.AsSpan(0, 16)), share);
    }
}
