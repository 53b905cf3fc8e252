using System.Text;
using Microsoft.Net.Http.Headers;

namespace SessionAuth.Api.Http.Security;

/// <summary>How the bytes of request headers are read.</summary>
internal static class HeaderEncoding
{
    /// <summary>
    /// Latin-1, in which every byte is a character. With UTF-8, the default, a byte that is not valid there would be
    /// answered 400 without a problem document. No two different values become the same, and whatever is compared or kept
    /// has to be ASCII anyway. In <c>Content-Length</c> only digits are read.
    /// </summary>
    public static Encoding Of(string header) =>
        header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
            ? DigitsAlone.Instance
            : Encoding.Latin1;

    /// <summary>
    /// Reads digits and turns everything else into a character that no number has. Kestrel accepts a sign in front of the
    /// number, which other servers do not (RFC 9110 §8.6), and whether there was one cannot be seen later.
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
            // The buffer has room for every length that is a number. A longer text is not one, cut off or not.
            int length = Math.Min(bytes.Length, chars.Length);
            for (int i = 0; i < length; i++)
                chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : '?';
            return length;
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }
}
