using System.Buffers.Text;
using System.Security.Cryptography;
using SessionAuth.Domain.Keys;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Registry.Keys;

/// <summary>
/// Values that go to browsers and applications and come back, which nobody else can read: AES-256-GCM. Each is good for
/// one purpose, and as long as its key is not removed.
/// </summary>
/// <remarks>Format: base64url of version, key id, nonce, ciphertext and tag.</remarks>
public sealed class SealedValues
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int ContentStart = ValueFormat.HeaderBytes + NonceBytes;
    private const int Overhead = ContentStart + TagBytes;

    private readonly HeldKeys _keys;

    internal SealedValues(HeldKeys keys) => _keys = keys;

    /// <summary>The longest content, in bytes: its value has 4,096 characters.</summary>
    public static int MostContentBytes => ValueFormat.MostBytes - Overhead;

    /// <summary>Encrypts content.</summary>
    /// <param name="purpose">What the value is for, and what else it is bound to. Not in the value.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="RegistryUnavailableException">This node does not know which key to use.</exception>
    /// <exception cref="ArgumentException">The content or the purpose is too long.</exception>
    public string Seal(string purpose, ReadOnlySpan<byte> content)
    {
        if (content.Length > MostContentBytes)
            throw new ArgumentException("The content is too long.", nameof(content));

        DerivedKey key = _keys.Newest;
        Span<byte> value = stackalloc byte[ValueFormat.MostBytes];
        value = value[..(Overhead + content.Length)];
        ValueFormat.WriteHeader(value, key.Id);
        Span<byte> nonce = value.Slice(ValueFormat.HeaderBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        Span<byte> associated =
            stackalloc byte[ValueFormat.HeaderBytes + ValueFormat.MostPurposeBytes];
        using AesGcm aes = new(key.Sealing, TagBytes);
        aes.Encrypt(
            nonce,
            content,
            value.Slice(ContentStart, content.Length),
            value[^TagBytes..],
            Associated(purpose, value, associated)
        );
        return Base64Url.EncodeToString(value);
    }

    /// <summary>Decrypts the content of a value.</summary>
    /// <param name="purpose">The purpose that it was made for.</param>
    /// <param name="value">The value, from anywhere.</param>
    /// <param name="cancellationToken">Cancels the question for a key that this node does not have.</param>
    /// <returns>The content, if the value is valid.</returns>
    /// <exception cref="RegistryUnavailableException">This node does not know which keys are valid.</exception>
    public ValueTask<(OpenOutcome Outcome, byte[]? Content)> Open(
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
            ? new(Open(purpose, bytes[..length], key))
            : OpenWithAskedKey(purpose, bytes[..length].ToArray(), id, cancellationToken);
    }

    private async ValueTask<(OpenOutcome, byte[]?)> OpenWithAskedKey(
        string purpose,
        byte[] value,
        KeyId id,
        CancellationToken cancellationToken
    )
    {
        (OpenOutcome outcome, DerivedKey? key) = await _keys.Ask(id, cancellationToken);
        return key is null ? (outcome, null) : Open(purpose, value, key);
    }

    private static (OpenOutcome, byte[]?) Open(
        string purpose,
        ReadOnlySpan<byte> value,
        DerivedKey key
    )
    {
        byte[] content = new byte[value.Length - Overhead];
        Span<byte> associated =
            stackalloc byte[ValueFormat.HeaderBytes + ValueFormat.MostPurposeBytes];
        try
        {
            using AesGcm aes = new(key.Sealing, TagBytes);
            aes.Decrypt(
                value.Slice(ValueFormat.HeaderBytes, NonceBytes),
                value.Slice(ContentStart, content.Length),
                value[^TagBytes..],
                content,
                Associated(purpose, value, associated)
            );
            return (OpenOutcome.Opened, content);
        }
        catch (AuthenticationTagMismatchException)
        {
            return (OpenOutcome.Invalid, null);
        }
    }

    private static ReadOnlySpan<byte> Associated(
        string purpose,
        ReadOnlySpan<byte> value,
        Span<byte> bytes
    )
    {
        value[..ValueFormat.HeaderBytes].CopyTo(bytes);
        int length = ValueFormat.WritePurpose(purpose, bytes[ValueFormat.HeaderBytes..]);
        return bytes[..(ValueFormat.HeaderBytes + length)];
    }
}
