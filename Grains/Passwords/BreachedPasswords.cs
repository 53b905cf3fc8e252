using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace SessionAuth.Grains.Passwords;

/// <summary>
/// Passwords known from data breaches, in a file in the format of Have I Been Pwned's: one line for each, sorted, with
/// its SHA-1 in hexadecimal and optionally a colon and a count. Binary search on disk: the file has many gigabytes.
/// </summary>
internal sealed class BreachedPasswords(IOptions<PasswordOptions> options) : IDisposable
{
    private const int HashLength = 2 * SHA1.HashSizeInBytes;

    // The rest of one line and the hash of the next: a count has at most twenty digits.
    private const int BlockLength = 2 * (HashLength + 24);

    private readonly Lazy<SafeFileHandle?> _file = new(() =>
        options.Value.BreachedFile is { Length: > 0 } path ? Open(path) : null
    );

    /// <summary>Why a file cannot be used; null when it can.</summary>
    public static string? Problem(string path)
    {
        try
        {
            using SafeFileHandle file = Open(path);
            byte[] block = new byte[BlockLength];
            int read = RandomAccess.Read(file, block, 0);
            string? first = HashAt(block.AsSpan(0, read), 0);
            return first is null
                ? "its first line does not start with a SHA-1 in hexadecimal"
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <param name="canonical">The password in its canonical form, in which it is hashed.</param>
    public async ValueTask<bool> Contains(string canonical)
    {
        if (_file.Value is not { } file)
            return false;

        string wanted = Hash(canonical);
        byte[] block = new byte[BlockLength];
        // The line, if there is one, starts at an offset in [from, to).
        long from = 0;
        long to = RandomAccess.GetLength(file);
        while (from < to)
        {
            long middle = from + ((to - from) / 2);
            (long start, string? hash) = await NextLine(file, middle, block);
            int order = hash is null || start >= to ? 1 : string.CompareOrdinal(hash, wanted);
            if (order == 0)
                return true;
            if (order < 0)
                from = start + 1;
            else
                to = middle;
        }

        return false;
    }

    public void Dispose()
    {
        if (_file.IsValueCreated)
            _file.Value?.Dispose();
    }

    // The first line that starts at the offset or after it.
    private static async ValueTask<(long Start, string? Hash)> NextLine(
        SafeFileHandle file,
        long at,
        byte[] block
    )
    {
        long before = Math.Max(0, at - 1);
        int read = await RandomAccess.ReadAsync(file, block, before, CancellationToken.None);
        ReadOnlyMemory<byte> text = block.AsMemory(0, read);
        int start = at == 0 ? 0 : text.Span.IndexOf((byte)'\n') + 1;
        return start == 0 && at != 0 ? (at, null) : (before + start, HashAt(text.Span, start));
    }

    private static string? HashAt(ReadOnlySpan<byte> text, int start)
    {
        if (text.Length < start + HashLength)
            return null;

        string hash = Encoding.ASCII.GetString(text.Slice(start, HashLength)).ToUpperInvariant();
        return hash.All(char.IsAsciiHexDigitUpper) ? hash : null;
    }

    [SuppressMessage(
        "Security",
        "CA5350",
        Justification = "The format of the file; nothing depends on collision resistance."
    )]
    private static string Hash(string canonical) =>
        Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(canonical)));

    private static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, options: FileOptions.RandomAccess | FileOptions.Asynchronous);
}
