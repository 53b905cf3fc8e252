using OtpNet;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>Becoming the user that another system has known.</remarks>
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

        DateTimeOffset now = Now;
        UserState imported = new()
        {
            Email = user.Email,
            EmailVerifiedAt = user.EmailVerified ? now : null,
            PasswordHash = user.PasswordHash.Text,
            CreatedAt = now,
            Totp = user.TotpSecret is { } secret ? App(secret, now) : null,
        };
        await Write(Happened(imported, AccountEventKind.Imported));
        // Most of many who are brought in at once do not come at once.
        DeactivateOnIdle();
        return new Done();
    }

    private AuthenticatorApp App(Secret secret, DateTimeOffset now) =>
        new(
            secrets.Seal(Id, TotpPurpose, Base32Encoding.ToBytes(secret.Text)),
            AddedAt: now,
            LastStep: 0
        );
}
