namespace SessionAuth.Domain;

/// <summary>
/// The device that a session was started on, as described by its requests. The values come from the client: always
/// encode them.
/// </summary>
/// <param name="Browser">The browser's name and major version, or "Unknown browser".</param>
/// <param name="System">The operating system, or "Unknown system".</param>
/// <param name="Ip">
/// The client's IP address; an IPv4-mapped IPv6 address is written as IPv4. Empty after its retention time.
/// </param>
/// <remarks>
/// It is stored with sessions, events of the activity log and waiting emails, and returned by <c>GET /sessions</c>,
/// <c>GET /me</c>, the activity log and the export. A new member is device data: <see cref="Removed"/> has to clear it.
/// </remarks>
public sealed record ClientDevice(string Browser, string System, string Ip)
{
    /// <summary>The value that replaces a device after its retention time.</summary>
    public static ClientDevice Removed { get; } = new("Unknown browser", "Unknown system", "");
}
