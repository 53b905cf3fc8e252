using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /login/passkey/options</c></summary>
internal static class PasskeySignInOptionsEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login/passkey/options", Ask)
            .NeedsReachablePasskeys()
            .WithSummary("What to ask an authenticator, to sign in or to prove anew who is there.");

    private static async Task<Ok<PasskeyChallenge>> Ask(
        HttpContext context,
        PasskeyProofs proofs
    ) => TypedResults.Ok(await proofs.Ask(context));
}

/// <summary>What an authenticator is asked.</summary>
/// <param name="Challenge">What comes back with the answer: good once, for five minutes.</param>
/// <param name="Options">The options, as <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> and <c>parseRequestOptionsFromJSON</c> take them.</param>
internal sealed record PasskeyChallenge(string Challenge, JsonElement Options);
