using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Sessions;

/// <summary><c>DELETE /sessions</c></summary>
internal static class RevokeAllEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/sessions", RevokeAll)
            .RequireAuthorization()
            .WithSummary("Revoke all other sessions")
            .WithDescription(
                "Revokes all other sessions of the user; with include=current, the current one, too. Requires recent authentication."
            );

    private static async Task<Results<NoContent, ApiProblem>> RevokeAll(
        string? include,
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (include is not (null or "current"))
            return ApiProblems.InvalidField("include", "The one value that it takes is current.");

        bool includeCurrent = include is not null;
        EndSessionsResult result = await grains
            .User(current.User)
            .EndSessions(current.Caller(context), includeCurrent);
        return result.Match<Results<NoContent, ApiProblem>>(
            ended =>
            {
                if (includeCurrent)
                {
                    browser.SignOut(context);
                    log.RevokedAll(current.User, context.ClientIpAddress());
                }
                else
                {
                    log.RevokedOthers(
                        current.Id.Fingerprint,
                        current.User,
                        context.ClientIpAddress()
                    );
                }

                return TypedResults.NoContent();
            },
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            signedOut => ApiProblems.NotSignedIn
        );
    }
}
