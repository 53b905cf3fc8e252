using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /login/passkey/options</c></summary>
internal static class PasskeySignInOptionsEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login/passkey/options", Ask)
            .NeedsReachablePasskeys()
            .WithSummary("Create passkey authentication options")
            .WithDescription(
                "Returns the WebAuthn options to sign in or to step up with a passkey."
            );

    private static async Task<Ok<PasskeyChallenge>> Ask(
        HttpContext context,
        PasskeyProofs proofs
    ) => TypedResults.Ok(await proofs.Ask(context));
}

/// <summary>A WebAuthn challenge with its options.</summary>
/// <param name="Challenge">The challenge to send back with the credential. It is valid once, for five minutes.</param>
/// <param name="Options">
/// The options for <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c>.
/// </param>
internal sealed record PasskeyChallenge(string Challenge, JsonElement Options);
