using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary>
/// Authentication with a passkey, for sign-in and step-up. Each challenge is accepted once (replay). The reason of a
/// failed verification is not revealed.
/// </summary>
internal sealed class PasskeyProofs(PasskeyCeremonies ceremonies, IGrainFactory grains)
{
    /// <summary>Creates the options for an assertion. The user chooses the passkey in the browser.</summary>
    public async Task<PasskeyChallenge> Ask(HttpContext context)
    {
        PasskeyRequestOptionsResult made = await ceremonies
            .With(owner: null)
            .MakeRequestOptionsAsync(user: null, context);
        return ceremonies.Challenge(
            ChallengePurpose.Authentication,
            made.AssertionState!,
            made.RequestOptionsJson
        );
    }

    /// <summary>Verifies an assertion, and signs in the user of the passkey.</summary>
    public async Task<PasskeyProof<SignInWithPasskeyResult>> SignIn(
        string challenge,
        JsonElement credential,
        SignInContext where,
        HttpContext context
    )
    {
        if (await Verify(challenge, credential, context) is not { } verified)
            return new PasskeyProof<SignInWithPasskeyResult>.Refused();
        if (verified.Use is not { } use)
            return new PasskeyProof<SignInWithPasskeyResult>.BackupEligibilityChanged();

        return new PasskeyProof<SignInWithPasskeyResult>.Answered(
            await grains.UserPasskeys(verified.User).SignInWithPasskey(use, where)
        );
    }

    /// <summary>
    /// Verifies an assertion, and re-authenticates the session. A passkey of another user is rejected, even if it has
    /// the same credential id.
    /// </summary>
    public async Task<PasskeyProof<StepUpWithPasskeyResult>> StepUp(
        CurrentSession current,
        string challenge,
        JsonElement credential,
        HttpContext context
    )
    {
        Verified? verified = await Verify(challenge, credential, context);
        if (verified is null || verified.User != current.User)
            return new PasskeyProof<StepUpWithPasskeyResult>.Refused();
        if (verified.Use is not { } use)
            return new PasskeyProof<StepUpWithPasskeyResult>.BackupEligibilityChanged();

        return new PasskeyProof<StepUpWithPasskeyResult>.Answered(
            await grains.UserPasskeys(current.User).StepUpWithPasskey(current.Caller(context), use)
        );
    }

    private async Task<Verified?> Verify(
        string challenge,
        JsonElement credential,
        HttpContext context
    )
    {
        if (
            ceremonies.Open(challenge, ChallengePurpose.Authentication) is not { } opened
            || Credential.Read(credential) is not { User: { } user } read
        )
            return null;

        context.SetSubject(user);
        PasskeyRing ring = await grains.UserPasskeys(user).ListPasskeys();
        PasskeyOwner owner = new(user, ring.Passkeys);
        PasskeyAssertionContext answer = new()
        {
            HttpContext = context,
            CredentialJson = read.Json,
            AssertionState = opened.State,
        };
        if (
            await ceremonies.With(owner).PerformAssertionAsync(answer) is
            { Succeeded: true, Passkey: var passkey }
        )
            return new(user, Use(passkey, ring.Stamp, opened.Answered));

        // Backup eligibility is fixed at registration, while the backup state may change (WebAuthn L3 §6.1.3). If the
        // eligibility differs, the assertion is rejected. The reason is revealed, but only to a client that has the
        // passkey.
        PasskeyAssertionResult<PasskeyOwner> otherwise = await ceremonies
            .With(owner.WithOtherEligibility())
            .PerformAssertionAsync(answer);
        return otherwise.Succeeded ? new(user, Use: null) : null;
    }

    /// <summary>A verified assertion.</summary>
    /// <param name="User">The owner of the passkey.</param>
    /// <param name="Use">The use of the passkey; null if its backup eligibility differs from the registration.</param>
    private sealed record Verified(UserId User, PasskeyUse? Use);

    private static PasskeyUse Use(
        UserPasskeyInfo passkey,
        long stamp,
        AnsweredChallenge challenge
    ) =>
        new(
            Base64Url.EncodeToString(passkey.CredentialId),
            passkey.SignCount,
            passkey.IsBackedUp,
            stamp,
            challenge
        );
}
