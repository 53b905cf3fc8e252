using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Tokens;
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
            .ProducesProblems(401, 503);
        api.MapGet("/sessions", List)
            .RequireAuthorization()
            .WithSummary("The devices that are signed in, and the last ten that were.")
            .ProducesProblems(401, 503);
        api.MapDelete("/sessions/{id}", Revoke)
            .RequireAuthorization()
            .WithSummary("Revokes one of your own sessions.")
            .ProducesProblems(401, 403, 404, 503);
        api.MapDelete("/sessions", RevokeAll)
            .RequireAuthorization()
            .WithSummary("Revokes all your other sessions; with include=current this one too.")
            .ProducesProblems(401, 403, 503);
    }

    private static async Task<Results<NoContent, ApiProblem>> Refresh(
        HttpContext context,
        SessionCookies cookies,
        TokenReader tokens,
        IGrainFactory grains,
        CancellationToken cancellationToken
    )
    {
        if (await cookies.Refresh(context.Request) is not { } token || !tokens.IsCurrent(token))
            return ApiProblems.NotSignedIn;

        SessionGrant? grant = await grains
            .Session(token.Session)
            .Refresh(token.Generation, context.ClientAddress(), cancellationToken);
        if (grant is null)
            return ApiProblems.NotSignedIn;

        cookies.Set(context.Response, grant);
        return TypedResults.NoContent();
    }

    private static Ok<SignedIn> Test(CurrentSession current) =>
        TypedResults.Ok(new SignedIn(current.User.Value, current.Id.Value));

    private static async Task<Ok<DeviceList>> List(CurrentSession current, IGrainFactory grains)
    {
        SessionList list = await grains.User(current.User).ListSessions();
        return TypedResults.Ok(
            new DeviceList(
                [.. list.Live.Select(session => LiveSession.Of(session, current))],
                [.. list.Ended.Select(PastSession.Of)]
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

        bool own = session == current.Id;
        SessionEndReason reason = own ? SessionEndReason.SignedOut : SessionEndReason.RevokedByUser;
        if (!await grains.Session(session).Revoke(reason, current.User))
            return ApiProblems.SessionNotFound;

        if (own)
            cookies.Clear(context.Response);
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
        await grains
            .User(current.User)
            .EndSessions(new Asking(current.Id, context.Device()), includeCurrent);
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
