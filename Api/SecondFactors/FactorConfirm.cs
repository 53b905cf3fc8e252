using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /factors/{factor}/confirm</c></summary>
internal static class FactorConfirmEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/factors/{factor}/confirm", Confirm)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Confirm a second factor")
            .WithDescription(
                "Adds a second factor after a code from it was verified, generates recovery codes, and revokes all other sessions. Requires recent authentication."
            );

    private static async Task<
        Results<
            Ok<RecoveryCodeList>,
            UnauthorizedProblem,
            NotFoundProblem,
            ConflictProblem,
            TooManyRequestsProblem,
            ApiProblem
        >
    > Confirm(
        string factor,
        CodeRequest request,
        CurrentSession current,
        HttpContext context,
        StepUpUseCase stepUps,
        BrowserSession browser,
        SecurityLog log
    )
    {
        if (FactorName.Factor(factor)?.Method is not { } method)
            return AccountProblems.NoFactor;

        ThrottledResult<ConfirmOtpResult> tried = await stepUps.ConfirmOtp(
            current.User,
            method,
            current.Caller(context),
            new(request.Code),
            await browser.Client(context)
        );
        return tried.Match(
            answered =>
                answered.Result.Match<
                    Results<
                        Ok<RecoveryCodeList>,
                        UnauthorizedProblem,
                        NotFoundProblem,
                        ConflictProblem,
                        TooManyRequestsProblem,
                        ApiProblem
                    >
                >(
                    added =>
                    {
                        browser.Renew(context, added.Tokens);
                        log.FactorChanged(
                            $"{factor}-added",
                            current.User,
                            context.ClientIpAddress()
                        );
                        return TypedResults.Ok(RecoveryCodeList.Of(added.RecoveryCodes));
                    },
                    wrongCode => AccountProblems.CodeRefused,
                    stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
                    notOffered => AccountProblems.NoFactorPending,
                    codesLost => ApiProblems.Busy,
                    signedOut => ApiProblems.NotSignedIn
                ),
            throttled => ApiProblems.TooManyTries(throttled.Wait),
            overloaded => ApiProblems.Busy
        );
    }
}

/// <summary>A code from an authenticator.</summary>
/// <param name="Code">The six-digit code.</param>
internal sealed record CodeRequest(string Code);
