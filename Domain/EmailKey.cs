using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Domain;

/// <summary>
/// The key of an email address: the SHA-256 of its canonical form in hexadecimal. Grain keys are logged, and email
/// addresses must not be.
/// </summary>
public readonly record struct EmailKey
{
    internal EmailKey(string value) => Value = value;

    /// <summary>The 64 digits.</summary>
    public string Value { get; }

    /// <summary>What logs show instead of the address: the first 12 digits.</summary>
    public string Fingerprint => Value[..12];

    /// <summary>Which of a number of equal shares of all addresses this one falls into: from 0 to <paramref name="of"/> - 1.</summary>
    public int Share(int of) =>
        (int)(
            uint.Parse(
                Value.AsSpan(0, 8),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            ) % (uint)of
        );

    /// <summary>The key of a canonical email address, or of a text that is not one.</summary>
    public static EmailKey Of(string address) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
