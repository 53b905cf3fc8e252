using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Sessions;

/// <summary>Checking, refreshing, listing and ending sessions.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapPost("/refresh", Refresh)
            .WithSummary("Rotates the refresh token and brings a new access token.")
            .ProducesProblems(401, 403, 503);
        api.MapGet("/test", Test)
            .RequireAuthorization()
            .WithSummary("Whether you are signed in.")
            .ProducesProblems(401, 403, 503);
        api.MapGet("/sessions", List)
            .RequireAuthorization()
            .WithSummary("The devices that are signed in, and the last ten that were.")
            .ProducesProblems(401, 403, 503);
        api.MapDelete("/sessions/{id}", Revoke)
            .RequireAuthorization()
            .WithSummary(
                "Revokes one of your own sessions; another than this asks for a fresh proof."
            )
            .ProducesProblems(401, 403, 404, 503);
        api.MapDelete("/sessions", RevokeAll)
            .RequireAuthorization()
            .WithSummary(
                "Revokes all your other sessions; with include=current this one too. Asks for a fresh proof."
            )
            .ProducesProblems(401, 403, 503);
    }

    private static async Task<Results<NoContent, ApiProblem>> Refresh(
        HttpContext context,
        TokenRefresh refresh
    )
    {
        RefreshAnswer answer = await refresh.Spend(context);
        if (answer.Outcome == RefreshOutcome.HeldUp)
            return ApiProblems.HeldUp;
        return answer.Grant is null ? ApiProblems.NotSignedIn : TypedResults.NoContent();
    }

    private static Ok<SignedIn> Test(CurrentSession current) =>
        TypedResults.Ok(new SignedIn(current.User.Value, current.Id.Value));

    private static async Task<Ok<DeviceList>> List(CurrentSession current, IGrainFactory grains)
    {
        SessionList list = await grains.User(current.User).ListSessions();
        return TypedResults.Ok(
            new DeviceList(
                [.. list.Live.Select(session => LiveSession.Of(session, current))],
                [.. list.Ended.Select(PastSession.Of)],
                [.. list.Remembered.Select(RememberedDevice.Of)]
            )
        );
    }

    private static async Task<Results<NoContent, ApiProblem>> Revoke(
        string id,
        CurrentSession current,
        HttpContext context,
        SessionCookies cookies,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!SessionId.TryParse(id, out SessionId session))
            return ApiProblems.SessionNotFound;

        if (session == current.Id)
        {
            await grains.Session(session).Revoke(SessionEndReason.SignedOut, current.User);
            cookies.Clear(context.Response);
        }
        else
        {
            UserAnswer answer = await grains
                .User(current.User)
                .EndSession(current.Asking(context), session);
            if (answer is not Done)
                return answer is NotThere ? ApiProblems.SessionNotFound : answer.Problem();
        }

        log.Revoked(session.Fingerprint, current.User, context.ClientAddress());
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ApiProblem>> RevokeAll(
        string? include,
        CurrentSession current,
        HttpContext context,
        SessionCookies cookies,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (include is not (null or "current"))
            return ApiProblems.InvalidField("include", "The one value that it takes is current.");

        bool includeCurrent = include is not null;
        UserAnswer answer = await grains
            .User(current.User)
            .EndSessions(current.Asking(context), includeCurrent);
        if (answer is not Done)
            return answer.Problem();
        if (includeCurrent)
        {
            cookies.Clear(context.Response);
            log.RevokedAll(current.User, context.ClientAddress());
        }
        else
        {
            log.RevokedOthers(current.Id.Fingerprint, current.User, context.ClientAddress());
        }

        return TypedResults.NoContent();
    }
}
