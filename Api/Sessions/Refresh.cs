using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary><c>POST /refresh</c></summary>
internal static class RefreshEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/refresh", Refresh)
            .WithSummary("Refresh the tokens")
            .WithDescription("Rotates the refresh token and sets a new access token.");

    private static async Task<Results<NoContent, UnauthorizedProblem, ApiProblem>> Refresh(
        HttpContext context,
        TokenRefresh refresh
    )
    {
        RefreshAnswer answer = await refresh.Spend(context);
        if (answer.Outcome == RefreshOutcome.Superseded)
            return ApiProblems.TokenSuperseded;
        return answer.Tokens is null ? ApiProblems.NotSignedIn : TypedResults.NoContent();
    }
}
