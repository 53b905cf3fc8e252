using SessionAuth.Api.Devices;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// Registers a user under a new id. Where the address turns out to be left behind by a registration that never
/// ended, that one's id is given up, and the address is claimed in its stead.
/// </summary>
internal sealed class Registering(IGrainFactory grains, HashDoor door, TimeProvider clock)
{
    // Another may win the address each time; who loses as often as this finds it owned at the next try.
    private const int MostRounds = 3;

    /// <returns>As <see cref="IUserGrain.Register"/>; where nobody may be told of it, the address's owner has been, by mail.</returns>
    public async Task<UserAnswer> Register(
        EmailAddress address,
        Password password,
        HttpContext context,
        IReadOnlyList<SessionId> replaces
    )
    {
        // A password that cannot be hashed now must not cost the writes that claim its address and give it up again.
        if (door.IsClosed)
            return new Busy();

        UserId? insteadOf = null;
        for (int round = 0; round < MostRounds; round++)
        {
            UserAnswer answer = await grains
                .User(UserId.New(clock.GetUtcNow()))
                .Register(
                    new Registration(
                        address.Value,
                        password,
                        context.Device(),
                        replaces,
                        insteadOf,
                        context.Operation()
                    )
                );
            if (answer is Busy)
                door.Close();
            if (answer is not AddressTaken { Owner: var owner, MayBeTold: var mayBeTold })
                return answer;
            if (!await grains.User(owner).Abandon(address.Value))
            {
                if (!mayBeTold)
                    await grains.UserAddress(owner).TellOfRegistration();
                return answer;
            }

            insteadOf = owner;
        }

        return new Busy();
    }
}
