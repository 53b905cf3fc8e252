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
            .WithSummary(
                "Revokes all your other sessions; with include=current this one too. Asks for a fresh proof."
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
            .EndSessions(current.Asking(context), includeCurrent);
        return result.Match<Results<NoContent, ApiProblem>>(
            ended =>
            {
                if (includeCurrent)
                {
                    browser.SignOut(context);
                    log.RevokedAll(current.User, context.ClientAddress());
                }
                else
                {
                    log.RevokedOthers(
                        current.Id.Fingerprint,
                        current.User,
                        context.ClientAddress()
                    );
                }

                return TypedResults.NoContent();
            },
            stepUpRequired => AccountAnswers.StepUpRequired(stepUpRequired.Accepts),
            signedOut => ApiProblems.NotSignedIn
        );
    }
}
