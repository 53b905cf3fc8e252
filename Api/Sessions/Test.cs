using Microsoft.AspNetCore.Http.Features;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Sessions;

/// <summary><c>GET /test</c>: the session check, which <see cref="SessionCheck"/> has already done.</summary>
internal static class TestEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/test", Test)
            .ChecksSession()
            .WithSummary("Check the session")
            .WithDescription(
                "Returns the user and the session if the session is live, otherwise 401."
            );

    private static QuickOk<SignedIn> Test(HttpContext context)
    {
        CurrentSession current = context.Features.GetRequiredFeature<CurrentSession>();
        return Answer(new(current.User.Value, current.Id.Value));
    }

    /// <summary>The answer of a check.</summary>
    public static QuickOk<SignedIn> Answer(SignedIn signedIn) =>
        new(signedIn, SessionsJson.Default.SignedIn);
}

/// <summary>The current user and session.</summary>
/// <param name="UserId">The user id.</param>
/// <param name="SessionId">The session id.</param>
internal sealed record SignedIn(string UserId, string SessionId);
