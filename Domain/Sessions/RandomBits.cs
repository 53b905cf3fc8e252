using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SessionAuth.Domain.Sessions;

/// <summary>128 random bits, and their 22 characters in base64url.</summary>
internal static class RandomBits
{
    private const int Bytes = 16;
    private const int Characters = 22;

    public static Guid New() => new(RandomNumberGenerator.GetBytes(Bytes));

    public static string Format(Guid bits)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bits.TryWriteBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Parses the characters. Only those that <see cref="Format"/> gives are valid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid bits)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bool valid =
            text is { Length: Characters }
            && Base64Url.DecodeFromChars(text, bytes, out _, out int written)
                == OperationStatus.Done
            && written == Bytes
            // The last character has four bits more than the id.
            && Base64Url.EncodeToString(bytes) == text;
        bits = valid ? new(bytes) : default;
        return valid;
    }
}
