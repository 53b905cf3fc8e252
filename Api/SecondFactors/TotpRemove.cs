using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

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
        UserAnswer answer = await grains
            .UserFactors(current.User)
            .RemoveTotp(current.Asking(context));
        switch (answer)
        {
            case Done { Grant: var grant }:
                browser.Renew(context, grant);
                log.FactorChanged("totp-removed", current.User, context.ClientAddress());
                return TypedResults.NoContent();
            case NotAllowed:
                return AccountProblems.FactorNeeded;
            case NotThere:
                return AccountProblems.NoTotp;
            default:
                return answer.Problem();
        }
    }
}
