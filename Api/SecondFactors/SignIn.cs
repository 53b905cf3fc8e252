using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /login/second-factor</c></summary>
internal static class SecondFactorSignInEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login/second-factor", Complete)
            .WithSummary("Ends a sign-in whose password was right, with a code.");

    private static async Task<
        Results<Ok<LoginAnswer>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > Complete(
        SecondFactorRequest request,
        HttpContext context,
        SignInCookie signInCookie,
        SignInThrottle throttle,
        BrowserSession browser,
        SignInCompletion completion,
        IGrainFactory grains
    )
    {
        if (TypedCode.Of(request.Code, request.RecoveryCode) is not { } code)
            return ApiProblems.InvalidField("code", "Give a code, or a recovery code.");
        if (await signInCookie.ReadCurrent(context.Request) is not { } first)
            return AccountProblems.LoginExpired;

        context.IsAbout(first.User);
        Entrance entrance = await browser.Entrance(context, first.Persistent);
        ThrottledResult<CompleteSignInResult> tried = await throttle.Code(
            context,
            first.User,
            code.Method,
            () =>
                grains.User(first.User).CompleteSignIn(new(first.Id, first.Stamp, code, entrance)),
            Guesses.OfCode
        );
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
                    wrongCode => AccountProblems.CodeRefused,
                    expired =>
                    {
                        signInCookie.ClearIfSent(context);
                        return AccountProblems.LoginExpired;
                    }
                ),
            wait => ApiProblems.TooManyTries(wait),
            () => ApiProblems.Busy
        );
    }
}

/// <summary>A code for the second step of a sign-in: one of the two.</summary>
/// <param name="Code">Six digits of the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
internal sealed record SecondFactorRequest(string? Code = null, string? RecoveryCode = null);
