using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// <c>GET /session</c>: what a page asks before it knows whether somebody is signed in. That nobody is, is no error here.
/// </summary>
internal static class SessionEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/session", Session)
            .TakesSessionIfAny()
            .OpenToRestricted()
            .WithSummary("The user and this session, or nothing where nobody is signed in.")
            .MayAnswer(ApiProblems.AnotherUser);

    private static async Task<Results<Ok<Me>, NoContent>> Session(
        CurrentSession? current,
        IGrainFactory grains
    ) =>
        current is not null && await Me.Read(current, grains) is { } me
            ? TypedResults.Ok(me)
            : TypedResults.NoContent();
}
