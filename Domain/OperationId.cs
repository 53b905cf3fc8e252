using System.Buffers.Text;
using System.Security.Cryptography;

namespace SessionAuth.Domain;

/// <summary>
/// Makes a call idempotent: 128 random bits in base64url, made once for each request at the front end and sent again
/// when the call is retried because a silo died before it answered. The account remembers for a minute what it has done
/// and answers the retried call like the first. It never leaves the cluster and is not a credential.
/// </summary>
public readonly record struct OperationId
{
    private const int Bytes = 16;

    internal OperationId(string value) => Value = value;

    /// <summary>The 22 characters.</summary>
    public string Value { get; }

    /// <summary>A new id from the system's random source.</summary>
    public static OperationId New() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
