namespace SessionAuth.Domain;

/// <summary>The device that a session was started on, as far as its requests show it. The texts come from the client: never treat them as markup.</summary>
/// <param name="Browser">The browser's name and major version, or "Unknown browser".</param>
/// <param name="System">The operating system, or "Unknown system".</param>
/// <param name="Ip">The client's IP address; an IPv4-mapped IPv6 address is written as IPv4. Empty when it was forgotten.</param>
public sealed record ClientDevice(string Browser, string System, string Ip)
{
    /// <summary>What remains once the device is no longer to be known (data retention).</summary>
    public static ClientDevice Forgotten { get; } = new("Unknown browser", "Unknown system", "");
}
