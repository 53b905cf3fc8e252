using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Sessions;

/// <summary><c>GET /test</c>: the session check, which authentication has already done.</summary>
internal static class TestEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/test", Test)
            .RequireAuthorization()
            .WithSummary("Check the session")
            .WithDescription(
                "Returns the user and the session if the session is live, otherwise 401."
            );

    private static Ok<SignedIn> Test(CurrentSession current) =>
        TypedResults.Ok(new SignedIn(current.User.Value, current.Id.Value));
}

/// <summary>The current user and session.</summary>
/// <param name="UserId">The user id.</param>
/// <param name="SessionId">The session id.</param>
internal sealed record SignedIn(string UserId, string SessionId);
