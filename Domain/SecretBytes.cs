using System.Security.Cryptography;

namespace SessionAuth.Domain;

/// <summary>Secret bytes, such as a private key. <see cref="ToString"/> redacts them. Immutable.</summary>
public sealed class SecretBytes : IEquatable<SecretBytes>
{
    private readonly byte[] _bytes;

    /// <summary>Copies the bytes.</summary>
    public SecretBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _bytes = [.. bytes];
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => _bytes;

    /// <summary>Whether the bytes are the same, in constant time.</summary>
    public bool Equals(SecretBytes? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretBytes);

    // A hash of the content would be an oracle in logs and dumps.
    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.Length;

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
