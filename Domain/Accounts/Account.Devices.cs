using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts;

/// <remarks>
/// Known devices. Their number is bounded, because each has a throttling budget of its own, and they are forgotten by
/// everything that ends the account's other sessions.
/// </remarks>
public sealed partial record Account
{
    private const int MaxDevices = 20;

    /// <summary>The known device with this mark; null if the account does not recognize it or no longer does.</summary>
    public KnownDevice? Device(DeviceMark mark) =>
        Email is not null && Knows(mark) ? new(mark, Devices.Count) : null;

    /// <summary>The device mark of a session; null if it has none.</summary>
    public DeviceMark? MarkOf(SessionId session) =>
        Devices.LastOrDefault(device => device.Session == session.Value) is { } known
            ? new(known.Id, DeviceEpoch)
            : null;

    /// <summary>The known devices that have no live session.</summary>
    public IReadOnlyList<RememberedDevice> DevicesWithout(IEnumerable<SessionId> live) =>
        [.. Devices.ExceptBy(live.Select(session => session.Value), device => device.Session)];

    private bool Knows(DeviceMark mark) =>
        mark.Epoch == DeviceEpoch && Devices.Any(device => device.Id == mark.Id);

    /// <summary>
    /// Remembers the device that a session is started on. The least recently used device is evicted if there are too
    /// many.
    /// </summary>
    /// <param name="presented">The mark that the browser presented; null if none.</param>
    /// <param name="session">The session, or an id without a session.</param>
    /// <param name="on">The device as described by the request; null if not known.</param>
    /// <param name="context">The time, settings and keys.</param>
    private Account Remembering(
        DeviceMark? presented,
        SessionId session,
        ClientDevice? on,
        AccountContext context
    )
    {
        string id = presented is not null && Knows(presented) ? presented.Id : context.NewNonce();
        RememberedDevice device = new(id, session.Value, on?.Browser, on?.System, context.Now);
        return this with
        {
            Devices =
            [
                .. Devices
                    .Where(known =>
                        known.Id != id && context.Now - known.SeenAt < DeviceMark.Lifetime
                    )
                    .TakeLast(MaxDevices - 1),
                device,
            ],
        };
    }

    // Invalidates all earlier marks, and keeps only the device of one session.
    private Account InNewDeviceEpoch(SessionId? session) =>
        WithDeviceOf(session) with
        {
            DeviceEpoch = DeviceEpoch + 1,
        };

    private Account WithDeviceOf(SessionId? session) =>
        this with
        {
            Devices = [.. Devices.Where(device => device.Session == session?.Value)],
        };

    private Account WithoutDeviceOf(SessionId session) =>
        this with
        {
            Devices = [.. Devices.Where(device => device.Session != session.Value)],
        };
}
