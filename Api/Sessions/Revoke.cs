using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Sessions;

/// <summary><c>DELETE /sessions/{id}</c></summary>
internal static class RevokeEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/sessions/{id}", Revoke)
            .RequireAuthorization()
            .WithSummary("Revoke a session")
            .WithDescription(
                "Revokes one of the user's sessions. Requires recent authentication, except for the current session."
            );

    private static async Task<Results<NoContent, NotFoundProblem, ApiProblem>> Revoke(
        string id,
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!SessionId.TryParse(id, out SessionId session))
            return ApiProblems.SessionNotFound;

        if (session == current.Id)
        {
            await grains.Session(session).Revoke(SessionEndReason.SignedOut, current.User);
            browser.SignOut(context);
        }
        else
        {
            EndSessionResult result = await grains
                .User(current.User)
                .EndSession(current.Caller(context), session);
            ApiProblem? refusal = result.Match<ApiProblem?>(
                ended => null,
                stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
                notFound => ApiProblems.SessionNotFound,
                signedOut => ApiProblems.NotSignedIn
            );
            if (refusal is not null)
                return refusal;
        }

        log.Revoked(session.Fingerprint, current.User, context.ClientIpAddress());
        return TypedResults.NoContent();
    }
}
