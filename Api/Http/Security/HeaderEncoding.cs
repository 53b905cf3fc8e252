using System.Text;
using Microsoft.Net.Http.Headers;

namespace SessionAuth.Api.Http.Security;

/// <summary>The encoding of request headers.</summary>
internal static class HeaderEncoding
{
    /// <summary>
    /// Latin-1, in which every byte is a character. With UTF-8, the default, Kestrel answers invalid bytes with 400
    /// without problem details. The decoding is lossless, and everything that is compared or stored must be ASCII
    /// anyway. <c>Content-Length</c> accepts only digits.
    /// </summary>
    public static Encoding Of(string header) =>
        header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
            ? DigitsAlone.Instance
            : Encoding.Latin1;

    /// <summary>
    /// Decodes digits, and replaces everything else by an invalid character. Kestrel accepts a sign before the number,
    /// which other servers do not (RFC 9110 §8.6; request smuggling) and which cannot be detected later.
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
            // The buffer is large enough for every valid number. Longer text is invalid, even if truncated.
            int length = Math.Min(bytes.Length, chars.Length);
            for (int i = 0; i < length; i++)
                chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : '?';
            return length;
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }
}
