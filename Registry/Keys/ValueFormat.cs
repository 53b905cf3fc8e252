using System.Buffers;
using System.Buffers.Text;
using System.Text;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Registry.Keys;

/// <summary>
/// What sealed and signed values have in common: base64url of a version, the id of the key and the rest. There is one
/// encoding of a value only.
/// </summary>
internal static class ValueFormat
{
    /// <summary>The longest value, in characters.</summary>
    public const int MostCharacters = 4096;

    /// <summary>The longest value, in bytes.</summary>
    public const int MostBytes = MostCharacters / 4 * 3;

    /// <summary>The bytes before the rest.</summary>
    public const int HeaderBytes = 1 + KeyId.Bytes;

    /// <summary>The longest purpose, in bytes.</summary>
    public const int MostPurposeBytes = 256;

    private const byte Version = 1;

    /// <summary>Writes the header.</summary>
    public static void WriteHeader(Span<byte> value, KeyId key)
    {
        value[0] = Version;
        key.Write(value[1..]);
    }

    /// <summary>The id of the key, from the header.</summary>
    public static KeyId ReadKey(ReadOnlySpan<byte> value) => KeyId.Read(value[1..HeaderBytes]);

    /// <summary>Encodes the purpose.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int WritePurpose(string purpose, Span<byte> bytes) =>
        Encoding.UTF8.TryGetBytes(purpose, bytes[..MostPurposeBytes], out int length)
            ? length
            : throw new ArgumentException("The purpose is too long.", nameof(purpose));

    /// <summary>Decodes a value and checks the version, before anything else in it is looked at.</summary>
    /// <param name="text">The value, from anywhere.</param>
    /// <param name="leastBytes">The shortest value.</param>
    /// <param name="bytes">At least <see cref="MostBytes"/>.</param>
    /// <param name="length">How many bytes were written.</param>
    public static bool TryDecode(string text, int leastBytes, Span<byte> bytes, out int length)
    {
        length = 0;
        // The decoder refuses spare bits in the last character, but skips white space and padding. Without them, this is
        // the length.
        int expected = text.Length * 3 / 4;
        return text.Length <= MostCharacters
            && text.Length % 4 != 1
            && expected >= leastBytes
            && Base64Url.DecodeFromChars(text, bytes, out _, out length) == OperationStatus.Done
            && length == expected
            && bytes[0] == Version;
    }
}
