using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Sessions;

/// <summary><c>GET /sessions</c></summary>
internal static class SessionListEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sessions", List)
            .RequireAuthorization()
            .WithSummary("List sessions")
            .WithDescription(
                "Returns the live sessions, the last ten ended ones, and the known devices."
            );

    private static async Task<Ok<DeviceList>> List(
        CurrentSession current,
        IGrainFactory grains,
        ApplicationNames names
    )
    {
        SessionList list = await grains.User(current.User).ListSessions();
        return TypedResults.Ok(
            new DeviceList(
                [.. list.Live.Select(session => LiveSession.Of(session, current, names))],
                [.. list.Ended.Select(PastSession.Of)],
                [.. list.Remembered.Select(RememberedDevice.Of)]
            )
        );
    }
}

/// <summary>The user's sessions and known devices.</summary>
/// <param name="Sessions">The live sessions, oldest first.</param>
/// <param name="Ended">The last ten ended sessions, latest first.</param>
/// <param name="Remembered">
/// Known devices without a live session. Their failed sign-ins are throttled separately. Revoking all sessions forgets
/// them.
/// </param>
internal sealed record DeviceList(
    IReadOnlyList<LiveSession> Sessions,
    IReadOnlyList<PastSession> Ended,
    IReadOnlyList<RememberedDevice> Remembered
);

/// <summary>A known device without a live session.</summary>
/// <param name="Browser">The browser; empty after its retention time.</param>
/// <param name="System">The operating system; empty after its retention time.</param>
/// <param name="LastSignInAt">When the user last signed in on it.</param>
internal sealed record RememberedDevice(string Browser, string System, DateTimeOffset LastSignInAt)
{
    public static RememberedDevice Of(DeviceSnapshot device) =>
        new(device.Browser, device.System, device.SeenAt);
}
