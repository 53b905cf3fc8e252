namespace SessionAuth.Providers;

/// <summary>
/// Storage refuses the call for good: the state does not round-trip, its name cannot name a collection or a table, or a
/// rule of the database forbids it. Nothing was applied, and a retry cannot help.
/// </summary>
/// <remarks>
/// The message has the reason and never a value, a key or a secret, so that it may cross grain calls, which it does as
/// this type, and be logged anywhere. A conflicting etag is not a refusal but an
/// <see cref="Orleans.Storage.InconsistentStateException"/>.
/// </remarks>
[GenerateSerializer, Alias("storage-refused")]
public sealed class StorageRefusedException : OrleansException
{
    /// <summary>Storage refuses the call.</summary>
    public StorageRefusedException()
        : base("Storage refuses the call.") { }

    /// <summary>Storage refuses the call.</summary>
    /// <param name="message">The reason, without keys, values or secrets.</param>
    public StorageRefusedException(string message)
        : base(message) { }

    /// <summary>Storage refuses the call.</summary>
    /// <param name="message">The reason, without keys, values or secrets.</param>
    /// <param name="innerException">The cause. It is serialized too, so its message follows the same rule.</param>
    public StorageRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}
