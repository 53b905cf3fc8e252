namespace SessionAuth.Grains.Interfaces;

/// <summary>
/// The silo that was asked cannot tell at the moment whether it still belongs to its cluster, so that it answers for
/// nobody. Any call of any grain may end so.
/// </summary>
/// <remarks>What was called may still have become true, whole. Repeating the call is safe.</remarks>
[GenerateSerializer, Alias("silo-not-confirmed")]
public sealed class SiloNotConfirmedException : Orleans.Runtime.OrleansException
{
    /// <summary>The silo cannot tell at the moment whether it still belongs to its cluster.</summary>
    public SiloNotConfirmedException()
        : base("The silo cannot tell at the moment whether it still belongs to its cluster.") { }

    /// <summary>The same in other words.</summary>
    /// <param name="message">What is the matter.</param>
    public SiloNotConfirmedException(string message)
        : base(message) { }

    /// <summary>The same in other words.</summary>
    /// <param name="message">What is the matter.</param>
    /// <param name="innerException">The cause.</param>
    public SiloNotConfirmedException(string message, Exception innerException)
        : base(message, innerException) { }
}
