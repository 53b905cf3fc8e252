using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>Devices on which the user has signed in before, and what the owner is told of guesses.</remarks>
internal sealed partial class UserGrain
{
    public Task<KnownDevice?> Device(DeviceMark mark)
    {
        UserState? user = User;
        return Task.FromResult(
            user?.Knows(mark) is true ? new KnownDevice(mark, user.Devices.Count) : null
        );
    }

    public async Task TellOfWrongCodes(ClientDevice device)
    {
        if (User is { } user)
            await Write(user.WithMail(MailKind.WrongCodes, user.Email!, Now, device));
    }

    // Those on which a session is live stand in the list as that.
    private static IReadOnlyList<DeviceSnapshot> Remembered(
        UserState user,
        IReadOnlyList<SessionSnapshot> live
    ) =>
        [
            .. user
                .Devices.Where(device => live.All(session => session.Id.Value != device.Session))
                .Select(device => new DeviceSnapshot(
                    device.Browser ?? "",
                    device.System ?? "",
                    device.SeenAt
                )),
        ];
}
