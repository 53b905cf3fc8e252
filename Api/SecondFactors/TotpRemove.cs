using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>DELETE /factors/totp</c></summary>
internal static class TotpRemoveEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/factors/totp", Remove)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary(
                "Turns the authenticator app off; ends all other sessions. Asks for a fresh proof."
            );

    private static async Task<
        Results<NoContent, NotFoundProblem, ConflictProblem, ApiProblem>
    > Remove(
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        RemoveTotpResult result = await grains
            .UserFactors(current.User)
            .RemoveTotp(current.Asking(context));
        return result.Match<Results<NoContent, NotFoundProblem, ConflictProblem, ApiProblem>>(
            removed =>
            {
                browser.Renew(context, removed.Grant);
                log.FactorChanged("totp-removed", current.User, context.ClientAddress());
                return TypedResults.NoContent();
            },
            stepUpRequired => AccountAnswers.StepUpRequired(stepUpRequired.Accepts),
            notOn => AccountProblems.NoTotp,
            lastFactor => AccountProblems.FactorNeeded,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}
