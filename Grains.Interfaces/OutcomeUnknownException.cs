namespace SessionAuth.Grains.Interfaces;

/// <summary>
/// The outcome of the grain's last write is unknown: its answer was lost. The grain repeats the write until storage
/// answers, and until then fails calls whose answers could turn out to be wrong.
/// </summary>
/// <remarks>The call has changed nothing. Retrying is safe.</remarks>
[GenerateSerializer, Alias("outcome-unknown")]
public sealed class OutcomeUnknownException : Orleans.Runtime.OrleansException
{
    /// <summary>Creates the exception with the default message.</summary>
    public OutcomeUnknownException()
        : base("The outcome of an earlier write is unknown. Retry later.") { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public OutcomeUnknownException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public OutcomeUnknownException(string message, Exception innerException)
        : base(message, innerException) { }
}
