using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Domain;

/// <summary>A user id: a version 7 UUID (RFC 9562) in 32 lower-case hexadecimal digits.</summary>
/// <remarks>Kept as 16 bytes, where the digits would take 88 in each of very many sessions.</remarks>
public readonly record struct UserId
{
    /// <summary>The number of decoy ids for emails without an account.</summary>
    public const int DecoyCount = 1024;

    private readonly Guid _value;

    private UserId(Guid value) => _value = value;

    /// <summary>The 32 hexadecimal digits.</summary>
    public string Value => _value.ToString("N");

    /// <summary>Creates a new id.</summary>
    /// <param name="now">The timestamp of the id, by which ids sort.</param>
    public static UserId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>
    /// The decoy id for an email without an account. Calls for such an email go to this id, so that their timing does
    /// not reveal whether an account exists (user enumeration, ASVS 6.3.8). There are only <see cref="DecoyCount"/>
    /// decoys, so that such calls leave a bounded number of activations and documents. No user has such an id: its
    /// version digit is 8, not 7.
    /// </summary>
    /// <param name="email">The key of the email.</param>
    public static UserId DecoyFor(EmailKey email)
    {
        int share = email.Share(DecoyCount);
        byte[] hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"decoy:{share}"))
        );
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        return new(new Guid(hash.AsSpan(0, 16), bigEndian: true));
    }

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not a user id.</exception>
    public static UserId Parse(string value) =>
        TryParse(value, out UserId id) ? id : throw new FormatException("Not a user id.");

    /// <summary>Tries to parse an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out UserId id)
    {
        bool valid = value is { Length: 32 } && value.All(char.IsAsciiHexDigitLower);
        id = valid ? new(Guid.ParseExact(value!, "N")) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
