namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>What is known of the device that a session was started on. Text from the client: never markup.</summary>
/// <param name="Browser">The browser's name and major version, or "Unknown browser".</param>
/// <param name="System">The operating system, or "Unknown system".</param>
/// <param name="Ip">The client's address; an IPv4 address mapped into IPv6 is written as IPv4.</param>
[GenerateSerializer, Immutable, Alias("client-device")]
public sealed record ClientDevice(
    [property: Id(0)] string Browser,
    [property: Id(1)] string System,
    [property: Id(2)] string Ip
)
{
    /// <summary>What is left when from where an account was used is forgotten.</summary>
    public static ClientDevice Forgotten { get; } = new("Unknown browser", "Unknown system", "");
}
