using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// Registers a user under a new id. When the address is reserved by a registration that was never finished, that
/// registration's id is released, and the address is claimed in its place.
/// </summary>
internal sealed class RegistrationService(
    IGrainFactory grains,
    SignInLoadShedder loadShedder,
    TimeProvider clock
)
{
    // Others may claim the address at the same time. Whoever loses this often finds it owned at the next try.
    private const int MostRounds = 3;

    /// <returns>As <see cref="IUserGrain.Register"/>. Where nobody may be told that the address is taken, its owner has been told by email.</returns>
    public async Task<RegisterResult> Register(
        EmailAddress address,
        Password password,
        HttpContext context,
        IReadOnlyList<SessionId> replaces
    )
    {
        // A password that cannot be hashed now must not cost the writes that claim its address and release it again.
        if (loadShedder.IsShedding)
            return new RegisterResult.Busy();

        UserId? insteadOf = null;
        for (int round = 0; round < MostRounds; round++)
        {
            RegisterResult result = await grains
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
            if (result is RegisterResult.Busy)
                loadShedder.Overloaded();
            if (
                result
                is not RegisterResult.EmailTaken { Owner: var owner, MayBeTold: var mayBeTold }
            )
                return result;
            if (!await grains.User(owner).Abandon(address.Value))
            {
                if (!mayBeTold)
                    await grains.UserAddress(owner).TellOfRegistration();
                return result;
            }

            insteadOf = owner;
        }

        return new RegisterResult.Busy();
    }
}
