using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Grains.Interfaces.Emails;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A user's id: a GUID of version 7 in 32 hexadecimal digits; the key of <see cref="IUserGrain"/>.</summary>
[GenerateSerializer, Immutable, Alias("user-id")]
public readonly record struct UserId
{
    /// <summary>How many ids there are for addresses that nobody owns.</summary>
    public const int Nobodies = 1024;

    private UserId(string value) => Value = value;

    /// <summary>The 32 digits.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>A new id.</summary>
    /// <param name="now">The time that the id begins with, so that ids sort by age.</param>
    public static UserId New(DateTimeOffset now) => new(Guid.CreateVersion7(now).ToString("N"));

    /// <summary>
    /// The id under which calls for an address that nobody owns are answered, so that they cost what the others cost. It
    /// is one of <see cref="Nobodies"/>, so that such calls leave a bounded number of activations and documents. No user
    /// ever registers under it: its version digit is not 7.
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

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text is no user id.</exception>
    public static UserId Parse(string value) =>
        TryParse(value, out UserId id) ? id : throw new FormatException("Not a user id.");

    /// <summary>Reads an id; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out UserId id)
    {
        bool valid = value is { Length: 32 } && value.All(char.IsAsciiHexDigitLower);
        id = valid ? new(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
