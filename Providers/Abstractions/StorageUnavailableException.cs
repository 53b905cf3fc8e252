namespace SessionAuth.Providers;

/// <summary>
/// Storage cannot answer now: the disk is full or failing, the database is locked, damaged, closed or away.
/// Repeating the call later can help.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="OutcomeUnknown"/> tells whether the call has certainly changed nothing. Repeating the same call is
/// safe either way, because every write names the version that it replaces.
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

    /// <summary>
    /// True when the write or the delete may have been applied, or may still be applied after this exception: a
    /// read that does not show it proves nothing, only the same conditional call that succeeds or conflicts does.
    /// False when storage has certainly not applied it and never will. A read that fails is false. True unless
    /// whoever throws knows better.
    /// </summary>
    [Id(0)]
    public bool OutcomeUnknown { get; init; } = true;
}
