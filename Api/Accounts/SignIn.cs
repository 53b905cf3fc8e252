using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary><c>POST /login</c></summary>
internal static class SignInEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login", SignIn)
            .WithSummary(
                "Starts a session on this device and ends the one that this browser had, or asks for the second factor."
            );

    private static async Task<
        Results<Ok<LoginAnswer>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > SignIn(
        LoginRequest request,
        HttpContext context,
        SignInService signIns,
        BrowserSession browser,
        SignInCompletion completion,
        SignInCookie signInCookie
    )
    {
        EmailKey address = TypedEmail.KeyOf(request.Email);
        context.IsAbout(address);
        SignIn signIn = new(
            new Password(request.Password),
            await browser.Entrance(context, request.Remember)
        );

        ThrottledResult<SignInResult> tried = await signIns.SignIn(context, address, signIn);
        return tried.Match(
            result =>
                result.Match<
                    Results<
                        Ok<LoginAnswer>,
                        UnauthorizedProblem,
                        TooManyRequestsProblem,
                        ApiProblem
                    >
                >(
                    signedIn => completion.Complete(context, signedIn.Email, signedIn.Grant),
                    needed =>
                    {
                        signInCookie.Set(context.Response, needed, request.Remember);
                        return TypedResults.Ok(
                            new LoginAnswer(Next: "second-factor", Methods: needed.Methods)
                        );
                    },
                    notVerified => AccountAnswers.EmailNotVerified(notVerified.MayBeTold),
                    refused => ApiProblems.SignInRefused,
                    busy => ApiProblems.Busy
                ),
            wait => ApiProblems.TooManyTries(wait),
            () => ApiProblems.Busy
        );
    }
}

/// <summary>What signing in takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">The password.</param>
/// <param name="Remember">Whether the session outlives the browser's own; else it ends with it, or after 24 idle hours.</param>
internal sealed record LoginRequest(string Email, string Password, bool Remember = true);

/// <summary>How a sign-in goes on; with the account when it is over.</summary>
/// <param name="UserId">The user's id, when the person is in.</param>
/// <param name="Email">The address, when the person is in.</param>
/// <param name="Next">What has to be done: second-factor before there is a session, second-factor-setup with one.</param>
/// <param name="Methods">What would do as a second factor.</param>
internal sealed record LoginAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<AuthenticationMethod>? Methods = null
);
