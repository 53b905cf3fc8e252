using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Passkeys;

namespace SessionAuth.Api.Passkeys;

/// <summary>What every ceremony needs: the framework's handler of WebAuthn, and challenges that are good once.</summary>
internal sealed class PasskeyCeremonies(
    IOptions<IdentityPasskeyOptions> options,
    IGrainFactory grains
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

    /// <summary>Keeps what the answer will be verified against.</summary>
    public async Task<PasskeyChallenge> Challenge(
        ChallengePurpose purpose,
        string state,
        string optionsJson
    )
    {
        ChallengeId id = ChallengeId.New();
        await grains.Challenge(id).Keep(purpose, state);
        return new(id.Value, JsonElement.Parse(optionsJson));
    }

    /// <summary>What the answer is to be verified against; null when the challenge is not good for it, or not any more.</summary>
    public async Task<string?> Take(string challenge, ChallengePurpose purpose) =>
        ChallengeId.TryParse(challenge, out ChallengeId id)
            ? await grains.Challenge(id).Take(purpose)
            : null;
}
