using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.UseCases.Throttling;

/// <summary>
/// The keys under which failed sign-ins with emails of no account are counted: an HMAC, so that storage does not reveal
/// what was typed, and an attacker cannot choose emails that share a counter. A new secret resets these counters, which
/// protect no account.
/// </summary>
/// <param name="key">The HMAC key.</param>
public sealed class UnknownEmailKeys(byte[] key)
{
    /// <summary>The keyed hash of an email, and the share of the grain that counts it.</summary>
    public (string Hash, int Share) Of(EmailKey email)
    {
        byte[] hash = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(email.Value));
        int share = (int)(
            BinaryPrimitives.ReadUInt32BigEndian(hash) % ThrottleKey.UnknownEmailShares
        );
        return (Convert.ToHexStringLower(hash.AsSpan(0, 16)), share);
    }
}
