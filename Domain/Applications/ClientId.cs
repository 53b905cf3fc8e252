using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SessionAuth.Domain.Applications;

/// <summary>
/// The id of an application (<c>client_id</c>, RFC 6749 §2.2): up to 64 lower-case letters, digits and hyphens, of which
/// the first is a letter. Chosen by the operator.
/// </summary>
[JsonConverter(typeof(ClientIdJson))]
public readonly record struct ClientId
{
    private const int MostCharacters = 64;

    private readonly string? _value;

    private ClientId(string value) => _value = value;

    /// <summary>The characters.</summary>
    public string Value => _value ?? "";

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not the id of an application.</exception>
    public static ClientId Parse(string value) =>
        TryParse(value, out ClientId id)
            ? id
            : throw new FormatException("Not the id of an application.");

    /// <summary>Tries to parse an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out ClientId id)
    {
        bool valid =
            value is { Length: > 0 and <= MostCharacters }
            && char.IsAsciiLetterLower(value[0])
            && value.All(character =>
                char.IsAsciiLetterLower(character)
                || char.IsAsciiDigit(character)
                || character == '-'
            );
        id = valid ? new(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
