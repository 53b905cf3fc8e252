using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Passkeys;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary>
/// Who somebody is, by a passkey: at the sign-in, and to prove it anew. A challenge is used up by its answer; one that
/// is not good is refused, and why is never told.
/// </summary>
internal sealed class PasskeyProofs(PasskeyCeremonies ceremonies, IGrainFactory grains)
{
    private static readonly Refused s_refused = new(AuthenticationMethod.Passkey);

    /// <summary>Asks for a signature. Whose, the browser lets its user choose.</summary>
    public async Task<PasskeyChallenge> Ask(HttpContext context)
    {
        PasskeyRequestOptionsResult made = await ceremonies
            .With(owner: null)
            .MakeRequestOptionsAsync(user: null, context);
        return await ceremonies.Challenge(
            ChallengePurpose.Proving,
            made.AssertionState!,
            made.RequestOptionsJson
        );
    }

    /// <summary>Starts a session for whoever has signed.</summary>
    /// <returns>As <see cref="IUserPasskeysGrain.SignInWithPasskey"/>.</returns>
    public async Task<UserAnswer> SignIn(
        string challenge,
        JsonElement credential,
        Entrance entrance,
        HttpContext context
    ) =>
        await Verify(challenge, credential, context) is var (user, use)
            ? await grains.UserPasskeys(user).SignInWithPasskey(use, entrance)
            : s_refused;

    /// <summary>
    /// Proves a session anew, if its own user has signed: the passkey of another is refused, even where one of theirs
    /// has the same id.
    /// </summary>
    /// <returns>As <see cref="IUserPasskeysGrain.StepUpWithPasskey"/>.</returns>
    public async Task<UserAnswer> StepUp(
        CurrentSession current,
        string challenge,
        JsonElement credential,
        HttpContext context
    ) =>
        await Verify(challenge, credential, context) is var (user, use) && user == current.User
            ? await grains
                .UserPasskeys(current.User)
                .StepUpWithPasskey(current.Asking(context), use)
            : s_refused;

    private async Task<(UserId User, PasskeyUse Use)?> Verify(
        string challenge,
        JsonElement credential,
        HttpContext context
    )
    {
        if (
            await ceremonies.Take(challenge, ChallengePurpose.Proving) is not { } state
            || Credential.Read(credential) is not { User: { } user } read
        )
            return null;

        context.IsAbout(user);
        PasskeyRing ring = await grains.UserPasskeys(user).ListPasskeys();
        PasskeyOwner owner = new(user, ring.Passkeys);
        PasskeyAssertionResult<PasskeyOwner> result = await ceremonies
            .With(owner)
            .PerformAssertionAsync(
                new()
                {
                    HttpContext = context,
                    CredentialJson = read.Json,
                    AssertionState = state,
                }
            );
        return result is { Succeeded: true, Passkey: var passkey }
            ? (user, Use(passkey, ring.Stamp))
            : null;
    }

    private static PasskeyUse Use(UserPasskeyInfo passkey, long stamp) =>
        new(
            Base64Url.EncodeToString(passkey.CredentialId),
            passkey.SignCount,
            passkey.IsBackedUp,
            stamp
        );
}
