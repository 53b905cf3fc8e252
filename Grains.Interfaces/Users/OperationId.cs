using System.Buffers.Text;
using System.Security.Cryptography;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>
/// One thing that somebody asked for, however often the call for it is repeated because a silo died before it answered:
/// 128 random bits in base64url, made once for a request at the front end. A user's grain remembers for a minute what it
/// has done, and answers the repeated call as the first. Knowing it opens nothing: it never leaves the cluster.
/// </summary>
[GenerateSerializer, Immutable, Alias("operation-id")]
public readonly record struct OperationId
{
    private const int Bytes = 16;

    private OperationId(string value) => Value = value;

    /// <summary>The 22 characters.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>A new id from the system's random source.</summary>
    public static OperationId New() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
