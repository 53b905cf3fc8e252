using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.UseCases;

/// <summary>Registers accounts.</summary>
public sealed class RegistrationUseCase(
    IGrainFactory grains,
    EmailClaim claim,
    MailThrottle mails,
    HashLoadShedder loadShedder,
    TimeProvider clock
)
{
    /// <summary>Registers an account under a new id, unless the client's network is throttled.</summary>
    /// <param name="email">The email.</param>
    /// <param name="password">The password.</param>
    /// <param name="where">The context of the first session.</param>
    /// <param name="network">The client's network.</param>
    /// <returns>The result. If it must not reveal that the email is taken, its owner was notified by email.</returns>
    public async Task<ThrottledResult<RegisterResult>> Register(
        EmailAddress email,
        Password password,
        SignInContext where,
        ClientNetwork network
    )
    {
        if (await mails.Count(network) is { } wait)
            return new ThrottledResult<RegisterResult>.Throttled(wait);
        // Load shedding before the email is claimed and released again, which are two writes.
        if (loadShedder.IsShedding)
            return new ThrottledResult<RegisterResult>.Overloaded();

        RegisterResult? result = await claim.Claim(
            insteadOf =>
                grains
                    .User(UserId.New(clock.GetUtcNow()))
                    .Register(new(email.Value, password, where, insteadOf)),
            result => result is RegisterResult.EmailTaken taken ? (email.Value, taken.Owner) : null
        );
        if (result is RegisterResult.Busy)
            loadShedder.Overloaded();
        if (result is RegisterResult.EmailTaken { MayBeTold: false, Owner: var owner })
            await grains.UserEmail(owner).NotifyRegistrationAttempt();
        return new ThrottledResult<RegisterResult>.Answered(result ?? new RegisterResult.Busy());
    }
}
