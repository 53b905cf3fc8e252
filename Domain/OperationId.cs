using System.Buffers.Text;
using System.Security.Cryptography;

namespace SessionAuth.Domain;

/// <summary>
/// An idempotency key: 128 random bits in base64url, created once per request by the front end and sent again when a
/// grain call is retried after an unknown outcome. The account remembers completed operations for a minute and answers
/// a retry like the first call. It never leaves the cluster and is not a credential.
/// </summary>
public readonly record struct OperationId
{
    private const int Bytes = 16;

    internal OperationId(string value) => Value = value;

    /// <summary>The 22 base64url characters.</summary>
    public string Value { get; }

    /// <summary>Creates a new random id.</summary>
    public static OperationId New() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
