namespace SessionAuth.Grains.Interfaces;

/// <summary>
/// Nobody can say at the moment what is stored of this grain: a write of it was sent, and its answer did not come. The
/// grain repeats the write until storage has answered, and says nothing meanwhile that could turn out to be wrong.
/// </summary>
/// <remarks>The call has changed nothing. Repeating it later is safe.</remarks>
[GenerateSerializer, Alias("outcome-unknown")]
public sealed class OutcomeUnknownException : Orleans.Runtime.OrleansException
{
    /// <summary>The outcome of an earlier write is not known yet.</summary>
    public OutcomeUnknownException()
        : base("The outcome of an earlier write is not known yet. Repeat the call later.") { }

    /// <summary>The same in other words.</summary>
    /// <param name="message">What is the matter.</param>
    public OutcomeUnknownException(string message)
        : base(message) { }

    /// <summary>The same in other words.</summary>
    /// <param name="message">What is the matter.</param>
    /// <param name="innerException">The cause.</param>
    public OutcomeUnknownException(string message, Exception innerException)
        : base(message, innerException) { }
}
