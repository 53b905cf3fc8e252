using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
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
        PasskeyProof<SignInWithPasskeyResult> signed = await proofs.SignIn(
            request.Challenge,
            request.Credential,
            entrance,
            context
        );
        return signed.Match(
            result =>
                result.Match<Results<Ok<LoginAnswer>, UnauthorizedProblem, ApiProblem>>(
                    signedIn => completion.Complete(context, signedIn.Email, signedIn.Grant),
                    refused => AccountProblems.PasskeyRefused,
                    notVerified => AccountAnswers.EmailNotVerified(notVerified.MayBeTold),
                    expired => AccountProblems.LoginExpired
                ),
            () => AccountProblems.PasskeyRefused,
            () => AccountProblems.PasskeyChanged
        );
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
