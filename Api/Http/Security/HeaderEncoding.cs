using System.Text;
using Microsoft.Net.Http.Headers;

namespace SessionAuth.Api.Http.Security;

/// <summary>How the bytes of request headers are read.</summary>
internal static class HeaderEncoding
{
    /// <summary>
    /// Any byte is a character: as UTF-8, the default, one that is none is answered 400 without a word. Nothing that is
    /// compared or kept may hold more than ASCII, and here no two different values become the same. Of the length of the
    /// body, digits alone are read.
    /// </summary>
    public static Encoding Of(string header) =>
        header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
            ? DigitsAlone.Instance
            : Encoding.Latin1;

    /// <summary>
    /// Digits, and nothing that a number could be made of beside them: the server takes a sign for a part of the number, which
    /// other servers do not (RFC 9110 §8.6), and keeps nothing from which that could be seen later.
    /// </summary>
    private sealed class DigitsAlone : Encoding
    {
        public static readonly DigitsAlone Instance = new();

        public override int GetByteCount(char[] chars, int index, int count) => count;

        public override int GetBytes(
            char[] chars,
            int charIndex,
            int charCount,
            byte[] bytes,
            int byteIndex
        ) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => count;

        public override int GetChars(
            byte[] bytes,
            int byteIndex,
            int byteCount,
            char[] chars,
            int charIndex
        ) => GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            // There is room for any length that is a number; what is longer is none, cut off or not.
            int length = Math.Min(bytes.Length, chars.Length);
            for (int i = 0; i < length; i++)
                chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : '?';
            return length;
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }
}
