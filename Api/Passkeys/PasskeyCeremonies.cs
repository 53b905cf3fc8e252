using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace SessionAuth.Api.Passkeys;

/// <summary>The common parts of WebAuthn ceremonies: the framework's handler, and challenges.</summary>
internal sealed class PasskeyCeremonies(
    IOptions<IdentityPasskeyOptions> options,
    SealedChallenges challenges
)
{
    /// <summary>
    /// Creates the handler for a ceremony with this user. The user is read beforehand, because the handler would report
    /// an outage as a failed verification.
    /// </summary>
    public PasskeyHandler<PasskeyOwner> With(PasskeyOwner? owner)
    {
        // The handler uses only the store of the user manager.
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

    /// <summary>Creates a challenge that contains the signed state of the ceremony.</summary>
    public PasskeyChallenge Challenge(ChallengePurpose purpose, string state, string optionsJson) =>
        new(challenges.Seal(purpose, state), JsonElement.Parse(optionsJson));

    /// <summary>
    /// Opens a challenge to get the state of the ceremony; null if it is invalid, expired or for another purpose.
    /// </summary>
    public OpenedChallenge? Open(string challenge, ChallengePurpose purpose) =>
        challenges.Open(purpose, challenge);
}
