using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Tokens;

/// <summary>
/// Signs and verifies values with HMAC-SHA-256, over a name and the value, so that one cookie cannot be used as
/// another. The signature is verified before anything in the value is parsed.
/// </summary>
internal sealed class SignedValue(KeyRing keys)
{
    private const char Separator = '.';
    private const int SignatureCharacters = 43;
    private const int LongestInput = 4096 + 64;

    /// <summary>Appends the signature to the value.</summary>
    public string Sign(string name, string value)
    {
        Span<byte> signature = stackalloc byte[SignatureCharacters];
        Compute(keys.Newest, name, value, signature);
        return $"{value}{Separator}{Encoding.ASCII.GetString(signature)}";
    }

    /// <summary>Verifies and removes the signature; false if none of the keys matches.</summary>
    public bool TryVerify(string name, ReadOnlySpan<char> signed, out ReadOnlySpan<char> value)
    {
        value = default;
        int end = signed.Length - SignatureCharacters - 1;
        bool wellFormed =
            end > 0
            && signed[end] == Separator
            && name.Length + signed.Length < LongestInput
            && Ascii.IsValid(signed);
        if (!wellFormed)
            return false;

        // Compared in encoded form, so that only one encoding of a signature is accepted.
        Span<byte> presented = stackalloc byte[SignatureCharacters];
        Encoding.ASCII.GetBytes(signed[(end + 1)..], presented);

        ReadOnlySpan<char> content = signed[..end];
        Span<byte> expected = stackalloc byte[SignatureCharacters];
        foreach (byte[] key in keys.All)
        {
            Compute(key, name, content, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, presented))
            {
                value = content;
                return true;
            }
        }

        return false;
    }

    private static void Compute(
        byte[] key,
        string name,
        ReadOnlySpan<char> value,
        Span<byte> signature
    )
    {
        Span<byte> input = stackalloc byte[LongestInput];
        int length = Encoding.ASCII.GetBytes(name, input);
        input[length++] = (byte)'=';
        length += Encoding.ASCII.GetBytes(value, input[length..]);

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, input[..length], mac);
        Base64Url.EncodeToUtf8(mac, signature);
    }
}
