using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>DELETE /factors/{factor}</c></summary>
internal static class FactorRemoveEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/factors/{factor}", Remove)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Remove a second factor")
            .WithDescription(
                "Removes a second factor, with the last one also the recovery codes, and revokes all other sessions. Requires recent authentication."
            );

    private static async Task<
        Results<NoContent, NotFoundProblem, ConflictProblem, ApiProblem>
    > Remove(
        string factor,
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (FactorName.Factor(factor)?.Method is not { } method)
            return AccountProblems.NoFactor;

        RemoveOtpResult result = await grains
            .UserFactors(current.User)
            .RemoveOtp(method, current.Caller(context));
        return result.Match<Results<NoContent, NotFoundProblem, ConflictProblem, ApiProblem>>(
            removed =>
            {
                browser.Renew(context, removed.Tokens);
                log.FactorChanged($"{factor}-removed", current.User, context.ClientIpAddress());
                return TypedResults.NoContent();
            },
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            notOn => AccountProblems.NoFactor,
            lastFactor => AccountProblems.FactorNeeded,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}
