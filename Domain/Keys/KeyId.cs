using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace SessionAuth.Domain.Keys;

/// <summary>
/// The id of a <see cref="TokenKey"/> (<c>kid</c>, RFC 7517 §4.5): 64 bits in 16 lower-case hexadecimal digits. Public:
/// every value that was made with the key names it.
/// </summary>
public readonly record struct KeyId
{
    /// <summary>The length in bytes.</summary>
    public const int Bytes = sizeof(ulong);

    private readonly ulong _value;

    private KeyId(ulong value) => _value = value;

    /// <summary>The 16 digits.</summary>
    public string Value => _value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Creates a new random id, so that no id is ever used again.</summary>
    public static KeyId New() => Read(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The id whose bytes are the first of these.</summary>
    public static KeyId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Writes the bytes of the id.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt64BigEndian(bytes, _value);

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not the id of a key.</exception>
    public static KeyId Parse(string value) =>
        TryParse(value, out KeyId id) ? id : throw new FormatException("Not the id of a key.");

    /// <summary>Tries to parse an id. Only the digits that <see cref="Value"/> gives are one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out KeyId id)
    {
        bool valid =
            ulong.TryParse(
                value,
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out ulong bits
            )
            && new KeyId(bits).Value == value;
        id = valid ? new(bits) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
