namespace SessionAuth.Registry.Copies;

/// <summary>
/// This node cannot tell whether its copy of the registry is current, or has none yet. Answer 503: it may be otherwise in
/// a second.
/// </summary>
public sealed class RegistryUnavailableException : Exception
{
    /// <summary>Creates the exception with the default message.</summary>
    public RegistryUnavailableException()
        : base("The registry is not available on this node. Retry later.") { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public RegistryUnavailableException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public RegistryUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
