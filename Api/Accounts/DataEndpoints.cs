using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>What is kept about a user: shown, handed out, deleted.</summary>
internal static class DataEndpoints
{
    public static void MapData(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me/activity", Activity)
            .RequireAuthorization()
            .WithSummary("What happened to the account: the last 50 events, latest first.")
            .ProducesProblems(401, 403, 503);
        api.MapGet("/me/export", Export)
            .RequireAuthorization()
            .WithSummary("Everything that is kept about the user but secrets.")
            .ProducesProblems(401, 403, 503);
        api.MapDelete("/me", Delete)
            .RequireAuthorization()
            .WithSummary(
                "Deletes the user: ends every session, and frees the address. Asks for a fresh proof."
            )
            .ProducesProblems(401, 403, 503);
    }

    private static async Task<Ok<ActivityList>> Activity(
        CurrentSession current,
        IGrainFactory grains
    )
    {
        IReadOnlyList<AccountEvent> events = await grains.UserData(current.User).Activity();
        return TypedResults.Ok(new ActivityList([.. events.Select(ActivityEntry.Of)]));
    }

    private static async Task<Results<Ok<DataExport>, ApiProblem>> Export(
        CurrentSession current,
        HttpContext context,
        IGrainFactory grains
    )
    {
        if (await grains.UserData(current.User).Export() is not { } export)
            return ApiProblems.NotSignedIn;

        context.Response.Headers.ContentDisposition =
            "attachment; filename=\"sessionauth-export.json\"";
        return TypedResults.Ok(DataExport.Of(export, current));
    }

    private static async Task<Results<NoContent, ApiProblem>> Delete(
        CurrentSession current,
        HttpContext context,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        UserAnswer answer = await grains.UserData(current.User).Delete(current.Asking(context));
        if (answer is not Done)
            return answer.Problem();

        browser.SignOut(context);
        log.AccountDeleted(current.User, context.ClientAddress());
        return TypedResults.NoContent();
    }
}
