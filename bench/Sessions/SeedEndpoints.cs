using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SessionAuth.Api.Cookies;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Bench.Sessions;

/// <summary>
/// Starts very many sessions, as further calls of a node's API, and says what memory they take.
/// </summary>
internal static class SeedEndpoints
{
    public const string Sessions = "/bench/sessions";
    public const string Heap = "/bench/heap";

    private const int AtOnce = 64;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder seeds = routes.MapGroup("");
        seeds.ShortCircuit().ExcludeFromDescription();
        seeds.MapPost(Sessions, Seed);
        seeds.MapGet(
            Heap,
            async (IActivationWorkingSet active) =>
                (await HeapInUse.Measure(active)).ToString(CultureInfo.InvariantCulture)
        );
    }

    // Answers with the cookie of each, in a line of its own.
    private static async Task Seed(
        int count,
        HttpResponse response,
        IGrainFactory grains,
        AccessCookie cookie
    )
    {
        string[] lines = new string[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (index, _) => lines[index] = await Start(grains, cookie)
        );
        foreach (string line in lines)
            await response.WriteAsync(line + "\n");
    }

    private static async Task<string> Start(IGrainFactory grains, AccessCookie cookie)
    {
        SessionTokens tokens = await StartedSession.Start(
            grains,
            SessionId.New(),
            UserId.New(TimeProvider.System.GetUtcNow())
        );
        HttpContext issued = new DefaultHttpContext();
        issued.Features.Set<IHttpResponseFeature>(new StartingResponse());
        cookie.Set(issued.Response, tokens);
        return issued.Response.Headers.SetCookie.ToString().Split(';', 2)[0];
    }

    // Cookies are written when the response starts.
    private sealed class StartingResponse : HttpResponseFeature
    {
        public override void OnStarting(Func<object, Task> callback, object state) =>
            callback(state);
    }
}
