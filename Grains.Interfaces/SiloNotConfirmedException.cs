namespace SessionAuth.Grains.Interfaces;

/// <summary>
/// The silo cannot tell whether it is still a member of its cluster, and its fence is closed: it answers no call. Any
/// grain call can fail with it.
/// </summary>
/// <remarks>The outcome of the call is unknown: it may have been carried out completely. Retrying is safe.</remarks>
[GenerateSerializer, Alias("silo-not-confirmed")]
public sealed class SiloNotConfirmedException : Orleans.Runtime.OrleansException
{
    /// <summary>Creates the exception with the default message.</summary>
    public SiloNotConfirmedException()
        : base("The silo cannot tell whether it is still a member of its cluster. Retry later.") { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public SiloNotConfirmedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public SiloNotConfirmedException(string message, Exception innerException)
        : base(message, innerException) { }
}
