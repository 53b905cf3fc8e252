using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Accounts;

/// <summary><c>POST /login</c></summary>
internal static class SignInEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login", SignIn)
            .WithSummary("Sign in with a password")
            .WithDescription(
                "Starts a session and ends the browser's previous one, or requires a second factor."
            );

    private static async Task<
        Results<Ok<LoginAnswer>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > SignIn(
        LoginRequest request,
        HttpContext context,
        SignInUseCase signIns,
        BrowserSession browser,
        SignInCompletion completion,
        SignInCookie signInCookie
    )
    {
        EmailKey email = EmailInput.KeyOf(request.Email);
        context.SetSubject(email);
        Client client = await browser.Client(context);
        ThrottledResult<SignInResult> tried = await signIns.SignIn(
            email,
            new Password(request.Password),
            await browser.SignInContext(context, request.Remember, client.Mark),
            client
        );
        return tried.Match(
            answered =>
                answered.Result.Match<
                    Results<
                        Ok<LoginAnswer>,
                        UnauthorizedProblem,
                        TooManyRequestsProblem,
                        ApiProblem
                    >
                >(
                    signedIn => completion.Complete(context, signedIn.Email, signedIn.Tokens),
                    needed =>
                    {
                        signInCookie.Set(context.Response, needed, request.Remember);
                        return TypedResults.Ok(
                            new LoginAnswer(Next: "second-factor", Methods: needed.Methods)
                        );
                    },
                    notVerified => AccountResultProblems.EmailNotVerified(notVerified.MayBeTold),
                    refused => ApiProblems.SignInRefused,
                    busy => ApiProblems.Busy
                ),
            throttled => ApiProblems.TooManyTries(throttled.Wait),
            overloaded => ApiProblems.Busy
        );
    }
}

/// <summary>A sign-in with email and password.</summary>
/// <param name="Email">The email address.</param>
/// <param name="Password">The password.</param>
/// <param name="Remember">
/// Whether the session persists after the browser is closed. Otherwise it ends with the browser, or after 24 idle
/// hours.
/// </param>
internal sealed record LoginRequest(string Email, string Password, bool Remember = true);

/// <summary>The result of a sign-in: the account, or the next step.</summary>
/// <param name="UserId">The user id; omitted until the sign-in is complete.</param>
/// <param name="Email">The email address; omitted until the sign-in is complete.</param>
/// <param name="Next">
/// <c>second-factor</c> if the sign-in has to be completed with a second factor; <c>second-factor-setup</c> if the
/// session is restricted until one is set up; otherwise omitted.
/// </param>
/// <param name="Methods">The accepted second factors, if one is needed.</param>
internal sealed record LoginAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<AuthenticationMethod>? Methods = null
);
