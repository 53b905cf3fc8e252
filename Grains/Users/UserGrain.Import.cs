using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Users;

internal sealed partial class UserGrain
{
    // As with a registration: the address first, and a crash before the user is written leaves an owner who can be
    // made to give it up.
    public async Task<UserAnswer> Import(ImportedUser user)
    {
        if (stored.RecordExists)
            return User?.Email == user.Email ? new Done() : new Refused();

        UserId owner = await GrainFactory.Email(EmailKey.Of(user.Email)).Claim(Id, user.InsteadOf);
        if (owner != Id)
            return new AddressTaken(owner);

        // GAP: EmailVerifiedAt and Totp.
        await stored.Write(
            new UserState
            {
                Email = user.Email,
                PasswordHash = user.PasswordHash.Text,
                CreatedAt = clock.GetUtcNow(),
            },
            this
        );
        // Most of many who are brought in at once do not come at once.
        DeactivateOnIdle();
        return new Done();
    }
}
