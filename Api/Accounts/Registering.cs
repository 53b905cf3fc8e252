using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// Registers a user under a new id. Where the address turns out to be left behind by a registration that never
/// ended, that one's id is given up, and the address is claimed in its stead.
/// </summary>
internal sealed class Registering(IGrainFactory grains, TimeProvider clock)
{
    // Another may win the address each time; who loses as often as this finds it owned at the next try.
    private const int MostRounds = 3;

    public async Task<UserAnswer> Register(
        EmailAddress address,
        Password password,
        ClientDevice device,
        IReadOnlyList<SessionId> replaces
    )
    {
        UserId? insteadOf = null;
        for (int round = 0; round < MostRounds; round++)
        {
            UserAnswer answer = await grains
                .User(UserId.New(clock.GetUtcNow()))
                .Register(new Registration(address.Value, password, device, replaces, insteadOf));
            if (answer is not AddressTaken { Owner: var owner, MayBeTold: var mayBeTold })
                return answer;
            if (!await grains.User(owner).Abandon(address.Value))
                return mayBeTold ? answer : await Tell(owner);
            insteadOf = owner;
        }

        return new Busy();
    }

    // Who asked is answered as if the address had been free; its owner learns of it by mail.
    private async Task<UserAnswer> Tell(UserId owner)
    {
        await grains.UserAddress(owner).TellOfRegistration();
        return new VerificationAwaited();
    }
}
