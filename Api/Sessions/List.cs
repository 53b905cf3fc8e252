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
            .WithSummary("The devices that are signed in, and the last ten that were.");

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
}

/// <summary>The user's devices.</summary>
/// <param name="Sessions">Those that are signed in, in the order in which they signed in.</param>
/// <param name="Ended">The last ten that were, latest first.</param>
/// <param name="Remembered">Those that were, and are still known: their guesses are counted apart. Ending all others ends them.</param>
internal sealed record DeviceList(
    IReadOnlyList<LiveSession> Sessions,
    IReadOnlyList<PastSession> Ended,
    IReadOnlyList<RememberedDevice> Remembered
);

/// <summary>A device on which the user has signed in before, and is not signed in now.</summary>
/// <param name="Browser">The browser; empty when that has been forgotten.</param>
/// <param name="System">The operating system, likewise.</param>
/// <param name="LastSignInAt">When the user last signed in there.</param>
internal sealed record RememberedDevice(string Browser, string System, DateTimeOffset LastSignInAt)
{
    public static RememberedDevice Of(DeviceSnapshot device) =>
        new(device.Browser, device.System, device.SeenAt);
}
