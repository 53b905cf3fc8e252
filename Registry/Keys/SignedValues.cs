using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using SessionAuth.Domain.Keys;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Registry.Keys;

/// <summary>
/// Short values that go to applications and come back, which nobody else can make: HMAC-SHA-256, of which 128 bits are in
/// the value. The content is readable. Each is good for one purpose, and as long as its key is not removed.
/// </summary>
/// <remarks>
/// <para>Format: base64url of version, key id, content and MAC.</para>
/// <para>Reading is on the path of every check, and allocates the content alone.</para>
/// </remarks>
public sealed class SignedValues
{
    private const int MacBytes = 16;
    private const int Overhead = ValueFormat.HeaderBytes + MacBytes;
    private const int MostInputBytes =
        sizeof(ushort) + ValueFormat.MostPurposeBytes + ValueFormat.MostBytes;

    private readonly HeldKeys _keys;

    internal SignedValues(HeldKeys keys) => _keys = keys;

    /// <summary>The longest content, in bytes: its value has 4,096 characters.</summary>
    public static int MostContentBytes => ValueFormat.MostBytes - Overhead;

    /// <summary>Makes a value.</summary>
    /// <param name="purpose">What the value is for, and what else it is bound to. Not in the value.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="RegistryUnavailableException">This node does not know which key to use.</exception>
    /// <exception cref="ArgumentException">The content or the purpose is too long.</exception>
    public string Sign(string purpose, ReadOnlySpan<byte> content)
    {
        if (content.Length > MostContentBytes)
            throw new ArgumentException("The content is too long.", nameof(content));

        DerivedKey key = _keys.Newest;
        Span<byte> value = stackalloc byte[ValueFormat.MostBytes];
        value = value[..(Overhead + content.Length)];
        ValueFormat.WriteHeader(value, key.Id);
        content.CopyTo(value[ValueFormat.HeaderBytes..]);
        Mac(key, purpose, value[..^MacBytes], value[^MacBytes..]);
        return Base64Url.EncodeToString(value);
    }

    /// <summary>Verifies a value and returns its content.</summary>
    /// <param name="purpose">The purpose that it was made for.</param>
    /// <param name="value">The value, from anywhere.</param>
    /// <param name="cancellationToken">Cancels the question for a key that this node does not have.</param>
    /// <returns>The content, if the value is valid.</returns>
    /// <exception cref="RegistryUnavailableException">This node does not know which keys are valid.</exception>
    public ValueTask<(OpenOutcome Outcome, byte[]? Content)> Read(
        string purpose,
        string value,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(value);
        Span<byte> bytes = stackalloc byte[ValueFormat.MostBytes];
        if (!ValueFormat.TryDecode(value, Overhead, bytes, out int length))
            return new((OpenOutcome.Invalid, null));

        KeyId id = ValueFormat.ReadKey(bytes);
        return _keys.Find(id) is { } key
            ? new(Read(purpose, bytes[..length], key))
            : ReadWithAskedKey(purpose, bytes[..length].ToArray(), id, cancellationToken);
    }

    private async ValueTask<(OpenOutcome, byte[]?)> ReadWithAskedKey(
        string purpose,
        byte[] value,
        KeyId id,
        CancellationToken cancellationToken
    )
    {
        (OpenOutcome outcome, DerivedKey? key) = await _keys.Ask(id, cancellationToken);
        return key is null ? (outcome, null) : Read(purpose, value, key);
    }

    private static (OpenOutcome, byte[]?) Read(
        string purpose,
        ReadOnlySpan<byte> value,
        DerivedKey key
    )
    {
        Span<byte> expected = stackalloc byte[MacBytes];
        Mac(key, purpose, value[..^MacBytes], expected);
        return CryptographicOperations.FixedTimeEquals(expected, value[^MacBytes..])
            ? (OpenOutcome.Opened, value[ValueFormat.HeaderBytes..^MacBytes].ToArray())
            : (OpenOutcome.Invalid, null);
    }

    private static void Mac(
        DerivedKey key,
        string purpose,
        ReadOnlySpan<byte> signed,
        Span<byte> mac
    )
    {
        // The length of the purpose first: no two pairs of purpose and content have the same input.
        Span<byte> input = stackalloc byte[MostInputBytes];
        int length = ValueFormat.WritePurpose(purpose, input[sizeof(ushort)..]);
        BinaryPrimitives.WriteUInt16BigEndian(input, (ushort)length);
        length += sizeof(ushort);
        signed.CopyTo(input[length..]);

        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Signing, input[..(length + signed.Length)], whole);
        whole[..MacBytes].CopyTo(mac);
    }
}
