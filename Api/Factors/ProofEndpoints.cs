using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Factors;

/// <summary>The second step of a sign-in, and proving anew who is there.</summary>
internal static class ProofEndpoints
{
    public static void MapProofs(this IEndpointRouteBuilder api)
    {
        api.MapPost("/login/second-factor", CompleteSignIn)
            .WithSummary("Ends a sign-in whose password was right, with a code.")
            .ProducesProblems(401, 403, 408, 429, 503);
        api.MapPost("/step-up", StepUp)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Proves anew who is there; the session gets new tokens.")
            .ProducesProblems(401, 403, 408, 429, 503);
    }

    private static async Task<Results<Ok<LoginAnswer>, ApiProblem>> CompleteSignIn(
        SecondFactorRequest request,
        HttpContext context,
        LoginCookie login,
        GuessGuard guesses,
        SignedInBrowser browser,
        IGrainFactory grains
    )
    {
        if (Code(request.Code, request.RecoveryCode) is not { } code)
            return ApiProblems.InvalidField("code", "Give a code, or a recovery code.");
        if (await login.Read(context.Request) is not { } first)
            return AccountProblems.LoginExpired;

        context.IsAbout(first.User);
        Entrance entrance = await browser.Entrance(context, first.Persistent);
        (UserAnswer? answer, TimeSpan wait) = await guesses.Code(
            context,
            first.User,
            code.Method,
            () =>
                grains
                    .User(first.User)
                    .CompleteSignIn(new(first.Login, first.Stamp, code, entrance))
        );
        if (answer is Admitted admitted)
            return browser.Admit(context, admitted);

        if (answer is not (null or Refused))
            login.Clear(context);
        return answer.Problem(wait);
    }

    private static async Task<Results<NoContent, ApiProblem>> StepUp(
        StepUpRequest request,
        CurrentSession current,
        HttpContext context,
        StepUpProofs proofs,
        SignedInBrowser browser,
        SecurityLog log
    )
    {
        (UserAnswer? answer, TimeSpan wait) = await proofs.Try(current, request, context);
        switch (answer)
        {
            case Done { Grant: var grant }:
                browser.Renew(context, grant);
                log.SteppedUp(current.Id.Fingerprint, current.User, context.ClientAddress());
                return TypedResults.NoContent();
            case StepUpRequired:
                return ApiProblems.InvalidField(
                    request.Password is null ? "password" : "code",
                    "Needed as a proof that it is you."
                );
            default:
                return answer.Problem(wait);
        }
    }

    /// <summary>The code that was given; null when none was, or two.</summary>
    public static SecondFactorCode? Code(string? code, string? recoveryCode) =>
        (code, recoveryCode) switch
        {
            ({ } digits, null) => new(AuthenticationMethod.Totp, new(digits)),
            (null, { } recovery) => new(AuthenticationMethod.RecoveryCode, new(recovery)),
            _ => null,
        };
}
