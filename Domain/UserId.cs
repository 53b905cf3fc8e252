using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Domain;

/// <summary>A user's id: a version 7 GUID (RFC 9562) in 32 lower-case hexadecimal digits.</summary>
public readonly record struct UserId
{
    /// <summary>How many decoy ids there are for email addresses that nobody owns.</summary>
    public const int Nobodies = 1024;

    internal UserId(string value) => Value = value;

    /// <summary>The 32 digits.</summary>
    public string Value { get; }

    /// <summary>A new id.</summary>
    /// <param name="now">The time that the id begins with, which makes ids sort by age.</param>
    public static UserId New(DateTimeOffset now) => new(Guid.CreateVersion7(now).ToString("N"));

    /// <summary>
    /// A decoy: the id under which calls for an email address without an account are answered, so that they take as long
    /// as calls for one that has an account (enumeration, ASVS 6.3.8). There are only <see cref="Nobodies"/> of them, so
    /// that such calls leave a bounded number of activations and documents. No user ever gets such an id: its version
    /// digit is 8, not 7.
    /// </summary>
    /// <param name="address">The key of the address.</param>
    public static UserId OfNobody(EmailKey address)
    {
        int share = address.Share(Nobodies);
        byte[] hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"nobody:{share}"))
        );
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        return new(Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not a user id.</exception>
    public static UserId Parse(string value) =>
        TryParse(value, out UserId id) ? id : throw new FormatException("Not a user id.");

    /// <summary>Parses an id; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out UserId id)
    {
        bool valid = value is { Length: 32 } && value.All(char.IsAsciiHexDigitLower);
        id = valid ? new(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
