using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Accounts;

/// <summary><c>DELETE /me</c></summary>
internal static class MeDeleteEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/me", Delete)
            .RequireAuthorization()
            .WithSummary("Delete the account")
            .WithDescription(
                "Deletes the account, revokes all sessions, and releases the email address. Requires recent authentication."
            );

    private static async Task<Results<NoContent, ApiProblem>> Delete(
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        DeleteResult result = await grains.UserData(current.User).Delete(current.Caller(context));
        return result.Match<Results<NoContent, ApiProblem>>(
            deleted =>
            {
                browser.SignOut(context);
                log.AccountDeleted(current.User, context.ClientIpAddress());
                return TypedResults.NoContent();
            },
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            signedOut => ApiProblems.NotSignedIn
        );
    }
}
