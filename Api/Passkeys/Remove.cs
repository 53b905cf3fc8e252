using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>DELETE /passkeys/{id}</c></summary>
internal static class PasskeyRemoveEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/passkeys/{id}", Remove)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Remove a passkey")
            .WithDescription(
                "Removes a passkey and revokes all other sessions. Requires recent authentication."
            );

    private static async Task<
        Results<NoContent, NotFoundProblem, ConflictProblem, ApiProblem>
    > Remove(
        string id,
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        RemovePasskeyResult result = await grains
            .UserPasskeys(current.User)
            .RemovePasskey(current.Caller(context), id);
        return result.Match<Results<NoContent, NotFoundProblem, ConflictProblem, ApiProblem>>(
            removed =>
            {
                browser.Renew(context, removed.Tokens);
                log.FactorChanged("passkey-removed", current.User, context.ClientIpAddress());
                return TypedResults.NoContent();
            },
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            notFound => PasskeyProblems.PasskeyNotFound,
            lastFactor => AccountProblems.FactorNeeded,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}
