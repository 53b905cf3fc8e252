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
/// Who somebody is, by a passkey: at the sign-in, and to prove it anew. A challenge is used up by its answer; an
/// answer that is not good is refused, and why is never told.
/// </summary>
internal sealed class PasskeyProofs(PasskeyCeremonies ceremonies, IGrainFactory grains)
{
    /// <summary>Asks for a signature. Whose, the browser lets its user choose.</summary>
    public async Task<PasskeyChallenge> Ask(HttpContext context)
    {
        PasskeyRequestOptionsResult made = await ceremonies
            .With(owner: null)
            .MakeRequestOptionsAsync(user: null, context);
        return ceremonies.Challenge(
            ChallengePurpose.Proving,
            made.AssertionState!,
            made.RequestOptionsJson
        );
    }

    /// <summary>Starts a session for whoever has signed.</summary>
    public async Task<PasskeyProof<SignInWithPasskeyResult>> SignIn(
        string challenge,
        JsonElement credential,
        Entrance entrance,
        HttpContext context
    )
    {
        if (await Verify(challenge, credential, context) is not { } verified)
            return new PasskeyProof<SignInWithPasskeyResult>.Refused();
        if (verified.Use is not { } use)
            return new PasskeyProof<SignInWithPasskeyResult>.OfAnotherKind();

        return new PasskeyProof<SignInWithPasskeyResult>.Answered(
            await grains.UserPasskeys(verified.User).SignInWithPasskey(use, entrance)
        );
    }

    /// <summary>
    /// Proves a session anew, if its own user has signed: the passkey of another is refused, even where one of theirs
    /// has the same id.
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
            return new PasskeyProof<StepUpWithPasskeyResult>.OfAnotherKind();

        return new PasskeyProof<StepUpWithPasskeyResult>.Answered(
            await grains.UserPasskeys(current.User).StepUpWithPasskey(current.Asking(context), use)
        );
    }

    private async Task<Verified?> Verify(
        string challenge,
        JsonElement credential,
        HttpContext context
    )
    {
        if (
            ceremonies.Open(challenge, ChallengePurpose.Proving) is not { } opened
            || Credential.Read(credential) is not { User: { } user } read
        )
            return null;

        context.IsAbout(user);
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

        // Whether a passkey may be backed up is settled when it is made, and whether it is may change (WebAuthn L3 §6.1.3):
        // one that says otherwise is refused. Its owner is told why, which is nobody who could not sign with it.
        PasskeyAssertionResult<PasskeyOwner> otherwise = await ceremonies
            .With(owner.WithOtherEligibility())
            .PerformAssertionAsync(answer);
        return otherwise.Succeeded ? new(user, Use: null) : null;
    }

    /// <summary>Who has signed.</summary>
    /// <param name="User">Whose passkey it is.</param>
    /// <param name="Use">Its use; null where it is of another kind than when it was added.</param>
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
