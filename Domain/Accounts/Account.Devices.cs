using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts;

/// <remarks>
/// The devices on which the user has signed in before. Guesses there have a budget of their own, so there are few of
/// them, and they end with whatever ends the account's other sessions.
/// </remarks>
public sealed partial record Account
{
    private const int MaxDevices = 20;

    /// <summary>The device that a mark is of; null when the account does not have it, or not any more.</summary>
    public KnownDevice? Device(DeviceMark mark) =>
        Email is not null && Knows(mark) ? new(mark, Devices.Count) : null;

    /// <summary>The mark of a session's device; null when it has none.</summary>
    public DeviceMark? MarkOf(SessionId session) =>
        Devices.LastOrDefault(device => device.Session == session.Value) is { } known
            ? new(known.Id, DeviceEpoch)
            : null;

    /// <summary>The devices that have no live session now.</summary>
    public IReadOnlyList<RememberedDevice> DevicesWithout(IEnumerable<SessionId> live) =>
        [.. Devices.ExceptBy(live.Select(session => session.Value), device => device.Session)];

    private bool Knows(DeviceMark mark) =>
        mark.Epoch == DeviceEpoch && Devices.Any(device => device.Id == mark.Id);

    /// <summary>The account with the device on which a session is started; the one unused for longest makes room.</summary>
    /// <param name="presented">The mark that the browser has; null without one.</param>
    /// <param name="session">The session, or an id that stands for none.</param>
    /// <param name="on">The device, as the request shows it; null where that is not known.</param>
    /// <param name="context">The context.</param>
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

    // No mark from before is worth anything: the device of one session is left, and no other.
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
