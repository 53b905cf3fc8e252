using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /login/passkey</c></summary>
internal static class PasskeySignInEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login/passkey", SignIn)
            .NeedsReachablePasskeys()
            .WithSummary("Sign in with a passkey")
            .WithDescription("Starts a session and ends the browser's previous one.");

    private static async Task<Results<Ok<LoginAnswer>, UnauthorizedProblem, ApiProblem>> SignIn(
        PasskeyLoginRequest request,
        HttpContext context,
        PasskeyProofs proofs,
        BrowserSession browser,
        SignInCompletion completion
    )
    {
        Client client = await browser.Client(context);
        SignInContext where = await browser.SignInContext(context, request.Remember, client.Mark);
        PasskeyProof<SignInWithPasskeyResult> signed = await proofs.SignIn(
            request.Challenge,
            request.Credential,
            where,
            context
        );
        return signed.Match(
            answered =>
                answered.Result.Match<Results<Ok<LoginAnswer>, UnauthorizedProblem, ApiProblem>>(
                    signedIn => completion.Complete(context, signedIn.Email, signedIn.Tokens),
                    refused => AccountProblems.PasskeyRefused,
                    notVerified => AccountResultProblems.EmailNotVerified(notVerified.MayBeTold),
                    expired => AccountProblems.LoginExpired
                ),
            refused => AccountProblems.PasskeyRefused,
            backupEligibilityChanged => AccountProblems.PasskeyChanged
        );
    }
}

/// <summary>A sign-in with a passkey.</summary>
/// <param name="Challenge">The challenge from <c>POST /login/passkey/options</c>.</param>
/// <param name="Credential">The credential, as serialized by <c>PublicKeyCredential.toJSON</c>.</param>
/// <param name="Remember">
/// Whether the session persists after the browser is closed. Otherwise it ends with the browser, or after 24 idle
/// hours.
/// </param>
internal sealed record PasskeyLoginRequest(
    string Challenge,
    JsonElement Credential,
    bool Remember = true
);
