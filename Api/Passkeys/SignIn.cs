using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /login/passkey</c></summary>
internal static class PasskeySignInEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login/passkey", SignIn)
            .NeedsReachablePasskeys()
            .WithSummary(
                "Starts a session with a passkey, and ends the one that this browser had."
            );

    private static async Task<Results<Ok<LoginAnswer>, UnauthorizedProblem, ApiProblem>> SignIn(
        PasskeyLoginRequest request,
        HttpContext context,
        PasskeyProofs proofs,
        BrowserSession browser,
        SignInCompletion completion
    )
    {
        Entrance entrance = await browser.Entrance(context, request.Remember);
        UserAnswer answer = await proofs.SignIn(
            request.Challenge,
            request.Credential,
            entrance,
            context
        );
        return answer is Admitted admitted
            ? completion.Complete(context, admitted)
            : answer.Problem();
    }
}

/// <summary>What signing in with a passkey takes.</summary>
/// <param name="Challenge">The challenge that was answered.</param>
/// <param name="Credential">The answer, as <c>PublicKeyCredential.toJSON</c> writes it.</param>
/// <param name="Remember">Whether the session outlives the browser's own; else it ends with it, or after 24 idle hours.</param>
internal sealed record PasskeyLoginRequest(
    string Challenge,
    JsonElement Credential,
    bool Remember = true
);
