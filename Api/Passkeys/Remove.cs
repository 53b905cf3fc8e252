using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>DELETE /passkeys/{id}</c></summary>
internal static class PasskeyRemoveEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/passkeys/{id}", Remove)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Removes a passkey; ends all other sessions. Asks for a fresh proof.");

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
        UserAnswer answer = await grains
            .UserPasskeys(current.User)
            .RemovePasskey(current.Asking(context), id);
        if (answer is not Done { Grant: var grant })
            return PasskeyProblems.NotRemoved(answer);

        browser.Renew(context, grant);
        log.FactorChanged("passkey-removed", current.User, context.ClientAddress());
        return TypedResults.NoContent();
    }
}
