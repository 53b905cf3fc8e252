using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>
/// A session's id: 128 random bits in base64url (22 characters); the key of <see cref="ISessionGrain"/>.
/// Knowing it opens nothing: it counts only inside a signed token (ASVS 7.2.2, 7.2.3).
/// </summary>
[GenerateSerializer, Immutable, Alias("session-id")]
public readonly record struct SessionId
{
    private const int Bytes = 16;
    private const int Characters = 22;

    private SessionId(string value) => Value = value;

    /// <summary>The 22 characters.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>What stands for the id in logs: 12 hexadecimal digits of its SHA-256 (ASVS 16.2.5).</summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Value)).AsSpan(0, 6));

    /// <summary>A new id from the system's random source.</summary>
    public static SessionId New() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text is no session id.</exception>
    public static SessionId Parse(string value) =>
        TryParse(value, out SessionId id) ? id : throw new FormatException("Not a session id.");

    /// <summary>Reads an id; false when the text is none.</summary>
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
