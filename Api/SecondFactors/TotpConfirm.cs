using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /factors/totp/confirm</c></summary>
internal static class TotpConfirmEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/factors/totp/confirm", Confirm)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary(
                "Turns the authenticator app on with a code of it; ends all other sessions. Asks for a fresh proof."
            );

    private static async Task<
        Results<
            Ok<RecoveryCodeList>,
            UnauthorizedProblem,
            ConflictProblem,
            TooManyRequestsProblem,
            ApiProblem
        >
    > Confirm(
        CodeRequest request,
        CurrentSession current,
        HttpContext context,
        SignInThrottle throttle,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        ThrottledResult<ConfirmTotpResult> tried = await throttle.Code(
            context,
            current.User,
            AuthenticationMethod.Totp,
            () =>
                grains
                    .UserFactors(current.User)
                    .ConfirmTotp(current.Asking(context), new(request.Code)),
            Guesses.OfCode
        );
        return tried.Match(
            result =>
                result.Match<
                    Results<
                        Ok<RecoveryCodeList>,
                        UnauthorizedProblem,
                        ConflictProblem,
                        TooManyRequestsProblem,
                        ApiProblem
                    >
                >(
                    added =>
                    {
                        browser.Renew(context, added.Grant);
                        log.FactorChanged("totp-added", current.User, context.ClientAddress());
                        return TypedResults.Ok(RecoveryCodeList.Of(added.RecoveryCodes));
                    },
                    wrongCode => AccountProblems.CodeRefused,
                    stepUpRequired => AccountAnswers.StepUpRequired(stepUpRequired.Accepts),
                    notOffered => AccountProblems.NoTotpPending,
                    codesLost => ApiProblems.Busy,
                    signedOut => ApiProblems.NotSignedIn
                ),
            wait => ApiProblems.TooManyTries(wait),
            () => ApiProblems.Busy
        );
    }
}

/// <summary>A code of the authenticator app.</summary>
/// <param name="Code">Six digits.</param>
internal sealed record CodeRequest(string Code);
