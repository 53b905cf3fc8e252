namespace SessionAuth.Providers;

/// <summary>
/// Storage is unavailable: the disk is full or failing, or the database is locked, damaged, closed or unreachable. A
/// later retry may succeed.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="OutcomeUnknown"/> is false if the call has certainly changed nothing. A retry of the same call is safe
/// either way, because every write is conditional on the version that it replaces.
/// </para>
/// <para>
/// The message has the reason and never a document, a key or a secret, so that it may cross grain calls, which it does
/// as this type, and be logged anywhere.
/// </para>
/// </remarks>
[GenerateSerializer, Alias("storage-unavailable")]
public sealed class StorageUnavailableException : OrleansException
{
    /// <summary>Storage is unavailable.</summary>
    public StorageUnavailableException()
        : base("Storage is unavailable.") { }

    /// <summary>Storage is unavailable.</summary>
    /// <param name="message">The reason, without keys, documents or secrets.</param>
    public StorageUnavailableException(string message)
        : base(message) { }

    /// <summary>Storage is unavailable.</summary>
    /// <param name="message">The reason, without keys, documents or secrets.</param>
    /// <param name="innerException">The cause. It is serialized too, so its message follows the same rule.</param>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>
    /// Whether the write or the delete may have been applied, or may still be applied after this exception: a read that
    /// does not show it proves nothing, only a retry of the conditional call that succeeds or conflicts does. False
    /// when it was certainly not applied and never will be, and for reads. Default: true.
    /// </summary>
    [Id(0)]
    public bool OutcomeUnknown { get; init; } = true;
}
