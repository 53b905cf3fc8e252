using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SessionAuth.Api.Cookies;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces;
using SessionAuth.OpenId.Grants;

namespace SessionAuth.Bench.Sessions;

/// <summary>
/// Starts very many sessions, as further calls of a node's API, and says what memory they take.
/// </summary>
internal static class SeedEndpoints
{
    public const string Sessions = "/bench/sessions";
    public const string Applications = "/bench/applications";
    public const string Heap = "/bench/heap";

    private const int AtOnce = 64;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder seeds = routes.MapGroup("");
        seeds.ShortCircuit().ExcludeFromDescription();
        seeds.MapPost(Sessions, Seed);
        seeds.MapPost(Applications, SeedApplications);
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

    // Answers with the cookies of each for all applications, in a line of its own.
    private static async Task SeedApplications(
        int count,
        string applications,
        HttpResponse response,
        IGrainFactory grains,
        GrantValues values
    )
    {
        for (int i = 0; i < count; i++)
        {
            SessionId session = SessionId.New();
            await StartedSession.Start(
                grains,
                session,
                UserId.New(TimeProvider.System.GetUtcNow())
            );
            List<string> cookies = [];
            foreach (string application in applications.Split(','))
            {
                string[] parts = application.Split(':');
                NamedGrant grant = new(session, GrantId.New(), ClientId.Parse(parts[0]));
                DateTimeOffset now = TimeProvider.System.GetUtcNow();
                await grains
                    .Session(session)
                    .OpenGrant(
                        new(
                            grant.Id,
                            grant.Application,
                            ["openid", "session"],
                            now,
                            [AuthenticationMethod.Password],
                            now + SessionGrants.LongestCode
                        )
                    );
                cookies.Add($"{parts[1]}={values.SessionToken(grant)}");
            }
            await response.WriteAsync(string.Join("; ", cookies) + "\n");
        }
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
