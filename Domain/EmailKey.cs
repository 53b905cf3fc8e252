using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Domain;

/// <summary>
/// A grain key for an email: the SHA-256 of its canonical form, in hexadecimal. Grain keys are logged, and email
/// addresses must not be.
/// </summary>
public readonly record struct EmailKey
{
    internal EmailKey(string value) => Value = value;

    /// <summary>The 64 hexadecimal digits.</summary>
    public string Value { get; }

    /// <summary>The first 12 digits, which logs show instead of the email.</summary>
    public string Fingerprint => Value[..12];

    /// <summary>The hash bucket of this email, from 0 to <paramref name="of"/> - 1.</summary>
    public int Share(int of) =>
        (int)(
            uint.Parse(
                Value.AsSpan(0, 8),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            ) % (uint)of
        );

    /// <summary>Creates the key of a canonical email, or of text that is not a valid email.</summary>
    public static EmailKey Of(string email) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email))));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
