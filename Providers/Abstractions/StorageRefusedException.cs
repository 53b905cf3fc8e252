namespace SessionAuth.Providers;

/// <summary>
/// Storage refuses the call for good: the state cannot be stored so that it is read back as it was, the state's name
/// cannot name a collection or a table, or a rule of the database is against it. Nothing was applied, and repeating
/// the call cannot help.
/// </summary>
/// <remarks>
/// The message names the reason and never a value, a key or a secret, so that it may cross the wire and be logged
/// anywhere. It crosses grain calls as this type. A version that is not the one stored is no such refusal, but an
/// <see cref="Orleans.Storage.InconsistentStateException"/>.
/// </remarks>
[GenerateSerializer, Alias("storage-refused")]
public sealed class StorageRefusedException : OrleansException
{
    /// <summary>Storage refuses the call.</summary>
    public StorageRefusedException()
        : base("Storage refuses the call.") { }

    /// <summary>Storage refuses the call.</summary>
    /// <param name="message">Why; without keys, values or secrets.</param>
    public StorageRefusedException(string message)
        : base(message) { }

    /// <summary>Storage refuses the call.</summary>
    /// <param name="message">Why; without keys, values or secrets.</param>
    /// <param name="innerException">The cause. It crosses the wire too: the same rule holds.</param>
    public StorageRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}
