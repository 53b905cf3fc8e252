using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Sessions;

/// <summary><c>DELETE /sessions/{id}/applications/{application}</c></summary>
internal static class EndApplicationEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/sessions/{id}/applications/{application}", End)
            .RequireAuthorization()
            .WithSummary("End an application's access to a session")
            .WithDescription(
                "Ends what one application was handed of one of the user's sessions. The session goes on."
            );

    private static async Task<Results<NoContent, NotFoundProblem>> End(
        string id,
        string application,
        CurrentSession current,
        IGrainFactory grains
    ) =>
        SessionId.TryParse(id, out SessionId session)
        && ClientId.TryParse(application, out ClientId client)
        && await grains.Session(session).EndGrantsOf(current.User, client)
            ? TypedResults.NoContent()
            : ApiProblems.SessionNotFound;
}
