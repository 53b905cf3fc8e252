using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /login/second-factor</c></summary>
internal static class SecondFactorSignInEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/login/second-factor", Complete)
            .WithSummary("Complete a sign-in")
            .WithDescription("Completes a sign-in with a code, after the password was right.");

    private static async Task<
        Results<Ok<LoginAnswer>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > Complete(
        SecondFactorRequest request,
        HttpContext context,
        SignInCookie signInCookie,
        SignInUseCase signIns,
        BrowserSession browser,
        SignInCompletion completion
    )
    {
        if (SecondFactorCode.Of(request.Code, request.RecoveryCode) is not { } code)
            return ApiProblems.InvalidField("code", "Give a code, or a recovery code.");
        if (await signInCookie.ReadCurrent(context.Request) is not { } first)
            return AccountProblems.LoginExpired;

        context.SetSubject(first.User);
        Client client = await browser.Client(context);
        SignInContext where = await browser.SignInContext(context, first.Persistent, client.Mark);
        ThrottledResult<CompleteSignInResult> tried = await signIns.Complete(
            first.User,
            new(first.Id, first.Stamp, code, where),
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
                    wrongCode => AccountProblems.CodeRefused,
                    expired =>
                    {
                        signInCookie.ClearIfSent(context);
                        return AccountProblems.LoginExpired;
                    }
                ),
            throttled => ApiProblems.TooManyTries(throttled.Wait),
            overloaded => ApiProblems.Busy
        );
    }
}

/// <summary>A code for the second step of a sign-in: exactly one of the two.</summary>
/// <param name="Code">A six-digit code from the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
internal sealed record SecondFactorRequest(string? Code = null, string? RecoveryCode = null);
