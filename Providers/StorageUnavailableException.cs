namespace SessionAuth.Providers;

/// <summary>
/// Storage cannot answer now: the disk is full or failing, the database is locked, damaged or closed.
/// </summary>
/// <remarks>
/// <para>
/// The call has changed nothing that a later read shows, with one exception that no store can rule out:
/// a write whose commit failed may still become true, whole, after the next start. Repeating the call is
/// safe, because every write names the version that it replaces.
/// </para>
/// <para>
/// The message names the reason and never a document, a key or a secret, so that it may cross the wire
/// and be logged anywhere. It crosses grain calls as this type.
/// </para>
/// </remarks>
[GenerateSerializer, Alias("storage-unavailable")]
public sealed class StorageUnavailableException : OrleansException
{
    /// <summary>Storage cannot answer now.</summary>
    public StorageUnavailableException()
        : base("Storage cannot answer now.") { }

    /// <summary>Storage cannot answer now.</summary>
    /// <param name="message">Why; without keys, documents or secrets.</param>
    public StorageUnavailableException(string message)
        : base(message) { }

    /// <summary>Storage cannot answer now.</summary>
    /// <param name="message">Why; without keys, documents or secrets.</param>
    /// <param name="innerException">The cause. It crosses the wire too: the same rule holds.</param>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
