using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Compares ASCII texts that are kept as bytes, which take half of the memory of strings, with texts of requests.
/// </summary>
/// <remarks>Hash codes differ in each process, so that a client cannot choose texts that collide.</remarks>
internal sealed class AsciiComparer
    : IEqualityComparer<byte[]>,
        IAlternateEqualityComparer<ReadOnlySpan<char>, byte[]>
{
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj)
    {
        char[] text = ArrayPool<char>.Shared.Rent(obj.Length);
        int count = Encoding.ASCII.GetChars(obj, text);
        int hash = GetHashCode(text.AsSpan(0, count));
        ArrayPool<char>.Shared.Return(text);
        return hash;
    }

    public bool Equals(ReadOnlySpan<char> alternate, byte[] other) =>
        Ascii.Equals(other, alternate);

    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate);

    public byte[] Create(ReadOnlySpan<char> alternate)
    {
        byte[] text = new byte[alternate.Length];
        Encoding.ASCII.GetBytes(alternate, text);
        return text;
    }
}
