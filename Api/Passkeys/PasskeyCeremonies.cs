using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace SessionAuth.Api.Passkeys;

/// <summary>What every ceremony needs: the framework's handler of WebAuthn, and challenges.</summary>
internal sealed class PasskeyCeremonies(
    IOptions<IdentityPasskeyOptions> options,
    SealedChallenges challenges
)
{
    /// <summary>
    /// The handler, for a ceremony with this one user, who was fetched before: it would take an outage, of which it
    /// learns in the middle, for a refusal.
    /// </summary>
    public PasskeyHandler<PasskeyOwner> With(PasskeyOwner? owner)
    {
        // Of the user manager, the handler takes what the store says, and nothing that these are for.
        UserManager<PasskeyOwner> users = new(
            new PasskeyOwnerStore(owner),
            Options.Create(new IdentityOptions()),
            passwordHasher: null!,
            userValidators: [],
            passwordValidators: [],
            keyNormalizer: null!,
            errors: null!,
            services: null!,
            NullLogger<UserManager<PasskeyOwner>>.Instance
        );
        return new(users, options);
    }

    /// <summary>Seals what the answer will be verified against into the challenge.</summary>
    public PasskeyChallenge Challenge(ChallengePurpose purpose, string state, string optionsJson) =>
        new(challenges.Seal(purpose, state), JsonElement.Parse(optionsJson));

    /// <summary>What the answer is to be verified against; null when the challenge is not good for it, or not any more.</summary>
    public OpenedChallenge? Open(string challenge, ChallengePurpose purpose) =>
        challenges.Open(purpose, challenge);
}
