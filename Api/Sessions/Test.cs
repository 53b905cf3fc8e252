using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Sessions;

/// <summary><c>GET /test</c>: the session check. Whoever gets here has passed it.</summary>
internal static class TestEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/test", Test).RequireAuthorization().WithSummary("Whether you are signed in.");

    private static Ok<SignedIn> Test(CurrentSession current) =>
        TypedResults.Ok(new SignedIn(current.User.Value, current.Id.Value));
}

/// <summary>Whether one is signed in, and as whom.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SessionId">The session.</param>
internal sealed record SignedIn(string UserId, string SessionId);
