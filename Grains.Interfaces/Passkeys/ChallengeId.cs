using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SessionAuth.Grains.Interfaces.Passkeys;

/// <summary>
/// A challenge's id: 128 random bits in base64url (22 characters); the key of <see cref="IChallengeGrain"/>. It is not
/// the challenge: knowing it helps nobody to an authenticator's signature.
/// </summary>
[GenerateSerializer, Immutable, Alias("challenge-id")]
public readonly record struct ChallengeId
{
    private const int Bytes = 16;
    private const int Characters = 22;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    private ChallengeId(string value) => Value = value;

    /// <summary>The 22 characters.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>A new id from the system's random source.</summary>
    public static ChallengeId New() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Reads an id; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out ChallengeId id)
    {
        bool valid =
            value is { Length: Characters } && !value.AsSpan().ContainsAnyExcept(s_alphabet);
        id = valid ? new(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
