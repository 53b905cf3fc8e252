using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// <c>GET /session</c>: lets a page find out whether a user is signed in. Unlike <c>GET /me</c>, no session is not an
/// error.
/// </summary>
internal static class SessionEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/session", Session)
            .TakesSessionIfAny()
            .OpenToRestricted()
            .WithSummary("Get the current session, if any")
            .WithDescription("Returns the user and the session, or 204 if nobody is signed in.")
            .MayAnswer(ApiProblems.AnotherUser);

    private static async Task<Results<Ok<Me>, NoContent>> Session(
        CurrentSession? current,
        IGrainFactory grains,
        ApplicationNames names
    ) =>
        current is not null && await Me.Read(current, grains, names) is { } me
            ? TypedResults.Ok(me)
            : TypedResults.NoContent();
}
