using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Users;

/// <summary>
/// The devices on which a user has signed in before. Guesses there have a budget of their own, so there are few of them,
/// and they end with whatever ends the user's other sessions.
/// </summary>
internal static class UserDevices
{
    private const int Most = 20;

    /// <summary>Whether the mark is that of a device that the user still has.</summary>
    public static bool Knows(this UserState user, DeviceMark mark) =>
        mark.Epoch == user.DeviceEpoch && user.Devices.Any(device => device.Id == mark.Id);

    /// <summary>The user with the device on which a session is being started; the one unused for longest makes room.</summary>
    /// <param name="user">The user.</param>
    /// <param name="presented">The mark that the browser has; null without one.</param>
    /// <param name="session">The session, or an id that stands for none.</param>
    /// <param name="on">The device, as the request shows it; null where that is not known.</param>
    /// <param name="now">The time.</param>
    public static UserState Remembering(
        this UserState user,
        DeviceMark? presented,
        SessionId session,
        ClientDevice? on,
        DateTimeOffset now
    )
    {
        string id =
            presented is not null && user.Knows(presented) ? presented.Id : SessionId.New().Value;
        RememberedDevice device = new(id, session.Value, on?.Browser, on?.System, now);
        return user with
        {
            Devices =
            [
                .. user
                    .Devices.Where(known =>
                        known.Id != id && now - known.SeenAt < DeviceMark.Lifetime
                    )
                    .TakeLast(Most - 1),
                device,
            ],
        };
    }

    /// <summary>
    /// The user in a new device epoch, in which no mark from before is worth anything: with the device of the session
    /// that asks, and no other.
    /// </summary>
    public static UserState InNewDeviceEpoch(this UserState user, SessionId? asking) =>
        user.WithDeviceOf(asking) with
        {
            DeviceEpoch = user.DeviceEpoch + 1,
        };

    /// <summary>The user with the device of this session alone.</summary>
    public static UserState WithDeviceOf(this UserState user, SessionId? session) =>
        user with
        {
            Devices = [.. user.Devices.Where(device => device.Session == session?.Value)],
        };

    /// <summary>The user without the device of a session.</summary>
    public static UserState WithoutDeviceOf(this UserState user, SessionId session) =>
        user with
        {
            Devices = [.. user.Devices.Where(device => device.Session != session.Value)],
        };

    /// <summary>The mark of a session's device; null when it has none.</summary>
    public static DeviceMark? MarkOf(this UserState user, SessionId session) =>
        user.Devices.LastOrDefault(device => device.Session == session.Value) is { } known
            ? new(known.Id, user.DeviceEpoch)
            : null;
}
