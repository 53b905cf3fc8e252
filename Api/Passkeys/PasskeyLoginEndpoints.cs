using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary>Signing in with a passkey.</summary>
internal static class PasskeyLoginEndpoints
{
    public static void MapPasskeyLogin(this IEndpointRouteBuilder api)
    {
        api.MapPost("/login/passkey/options", Ask)
            .AddEndpointFilter<PasskeyRules>()
            .WithSummary("What to ask an authenticator, to sign in or to prove anew who is there.")
            .ProducesProblems(403, 409, 503);
        api.MapPost("/login/passkey", Login)
            .AddEndpointFilter<PasskeyRules>()
            .WithSummary("Starts a session with a passkey, and ends the one that this browser had.")
            .ProducesProblems(401, 403, 408, 409, 503);
    }

    private static async Task<Ok<PasskeyChallenge>> Ask(
        HttpContext context,
        PasskeyProofs proofs
    ) => TypedResults.Ok(await proofs.Ask(context));

    private static async Task<Results<Ok<LoginAnswer>, ApiProblem>> Login(
        PasskeyLoginRequest request,
        HttpContext context,
        PasskeyProofs proofs,
        SignedInBrowser browser
    )
    {
        Entrance entrance = await browser.Entrance(context, request.Remember);
        UserAnswer answer = await proofs.SignIn(
            request.Challenge,
            request.Credential,
            entrance,
            context
        );
        return answer is Admitted admitted ? browser.Admit(context, admitted) : answer.Problem();
    }
}
