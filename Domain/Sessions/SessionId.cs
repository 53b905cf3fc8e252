using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Domain.Sessions;

/// <summary>
/// A session id: 128 random bits in base64url (22 characters). Not a credential: it is accepted only inside a signed
/// token (ASVS 7.2.2, 7.2.3).
/// </summary>
/// <remarks>Kept as 16 bytes, where the characters would take 72 in each of very many sessions.</remarks>
public readonly record struct SessionId
{
    private readonly Guid _value;

    private SessionId(Guid value) => _value = value;

    /// <summary>The 22 base64url characters.</summary>
    public string Value => RandomBits.Format(_value);

    /// <summary>
    /// The first 12 hexadecimal digits of the SHA-256, which logs show instead of the id (ASVS 16.2.5).
    /// </summary>
    public string Fingerprint => FingerprintOf(Value);

    /// <summary>The same of a text in a log that may be an id.</summary>
    public static string FingerprintOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 6));

    /// <summary>Creates a new random id.</summary>
    public static SessionId New() => new(RandomBits.New());

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not a session id.</exception>
    public static SessionId Parse(string value) =>
        TryParse(value, out SessionId id) ? id : throw new FormatException("Not a session id.");

    /// <summary>Tries to parse an id. Only the characters that <see cref="Value"/> gives are one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out SessionId id)
    {
        bool valid = RandomBits.TryParse(value, out Guid bits);
        id = new(bits);
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
