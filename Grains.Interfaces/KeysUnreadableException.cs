namespace SessionAuth.Grains.Interfaces;

/// <summary>The stored keys cannot be decrypted: <c>DATA_KEYS</c> has lost a key, or the document was altered.</summary>
[GenerateSerializer, Alias("keys-unreadable")]
public sealed class KeysUnreadableException : Orleans.Runtime.OrleansException
{
    /// <summary>Creates the exception with the default message.</summary>
    public KeysUnreadableException()
        : base("The keys that sign tokens cannot be read: DATA_KEYS has lost a key.") { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public KeysUnreadableException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public KeysUnreadableException(string message, Exception innerException)
        : base(message, innerException) { }
}
