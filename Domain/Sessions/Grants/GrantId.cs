using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>
/// The id of a grant, and of the authorization code that opens it: 128 random bits in base64url (22 characters). Not a
/// credential: it is accepted only inside a sealed or signed value.
/// </summary>
public readonly record struct GrantId
{
    private readonly Guid _value;

    private GrantId(Guid value) => _value = value;

    /// <summary>The 22 base64url characters.</summary>
    public string Value => RandomBits.Format(_value);

    /// <summary>Creates a new random id.</summary>
    public static GrantId New() => new(RandomBits.New());

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not the id of a grant.</exception>
    public static GrantId Parse(string value) =>
        TryParse(value, out GrantId id) ? id : throw new FormatException("Not the id of a grant.");

    /// <summary>Tries to parse an id. Only the characters that <see cref="Value"/> gives are one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out GrantId id)
    {
        bool valid = RandomBits.TryParse(value, out Guid bits);
        id = new(bits);
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
