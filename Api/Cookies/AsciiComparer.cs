using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Compares ASCII texts that are kept as bytes, which take half of the memory of strings, with texts of requests.
/// </summary>
/// <remarks>
/// Hash codes are those of the last characters, which are of the signature: verified texts differ there. They also differ in
/// each process, so that a client cannot choose texts that collide. Texts are equal only if all characters are.
/// </remarks>
internal sealed class AsciiComparer
    : IEqualityComparer<byte[]>,
        IAlternateEqualityComparer<ReadOnlySpan<char>, byte[]>
{
    // 192 bits of a signature in base64url.
    private const int Hashed = 32;

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj)
    {
        Span<char> end = stackalloc char[Hashed];
        int count = Encoding.ASCII.GetChars(obj.AsSpan(Math.Max(0, obj.Length - Hashed)), end);
        return GetHashCode(end[..count]);
    }

    public bool Equals(ReadOnlySpan<char> alternate, byte[] other) =>
        Ascii.Equals(other, alternate);

    public int GetHashCode(ReadOnlySpan<char> alternate) =>
        string.GetHashCode(alternate[Math.Max(0, alternate.Length - Hashed)..]);

    public byte[] Create(ReadOnlySpan<char> alternate)
    {
        byte[] text = new byte[alternate.Length];
        Encoding.ASCII.GetBytes(alternate, text);
        return text;
    }
}
