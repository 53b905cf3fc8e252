using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Domain.Sessions;

/// <summary>
/// A session id: 128 random bits in base64url (22 characters). Not a credential: it is accepted only inside a signed
/// token (ASVS 7.2.2, 7.2.3).
/// </summary>
public readonly record struct SessionId
{
    private const int Bytes = 16;
    private const int Characters = 22;

    internal SessionId(string value) => Value = value;

    /// <summary>The 22 base64url characters.</summary>
    public string Value { get; }

    /// <summary>
    /// The first 12 hexadecimal digits of the SHA-256, which logs show instead of the id (ASVS 16.2.5).
    /// </summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Value)).AsSpan(0, 6));

    /// <summary>Creates a new random id.</summary>
    public static SessionId New() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not a session id.</exception>
    public static SessionId Parse(string value) =>
        TryParse(value, out SessionId id) ? id : throw new FormatException("Not a session id.");

    /// <summary>Tries to parse an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out SessionId id)
    {
        bool valid = value is { Length: Characters } && !value.AsSpan().ContainsAnyExcept(Alphabet);
        id = valid ? new(value!) : default;
        return valid;
    }

    private static readonly System.Buffers.SearchValues<char> Alphabet =
        System.Buffers.SearchValues.Create(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        );

    /// <inheritdoc/>
    public override string ToString() => Value;
}
