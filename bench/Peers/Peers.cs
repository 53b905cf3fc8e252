using SessionAuth.Bench.Ladder;
using SessionAuth.Bench.Processes;
using SessionAuth.Bench.Servers;

namespace SessionAuth.Bench.Peers;

/// <summary>
/// A session check beside what a user would pick instead, each as a process of its own: <c>GET /test</c> of one node,
/// a signed token, and three libraries that keep sessions in Redis.
/// </summary>
internal static class Peers
{
    private const int Sessions = 300;

    private const string OfRedis =
        "no check while Redis is away; a revocation that a failover of Redis loses lets the session live on";

    public static async Task Measure()
    {
        await using MeasuredProcess redis = await RedisProcess.Start();
        IReadOnlyDictionary<string, string> settings = RedisProcess.Settings(redis);
        await using MeasuredProcess node = await MeasuredProcess.Serve("node", BenchSettings.All);
        await using MeasuredProcess jwt = await MeasuredProcess.Serve("jwt", BenchSettings.All);
        await using MeasuredProcess tickets = await MeasuredProcess.Serve("tickets", settings);
        await using MeasuredProcess express = await NodePeer.Start("express-session", settings);
        await using MeasuredProcess betterAuth = await NodePeer.Start("better-auth", settings);

        Person[] people = await Person.Register(node.Url, Sessions);
        using Wrk browsers = await Wrk.With(people.Select(person => person.Cookie));
        using Wrk holders = await Wrk.With(
            people.Select(person => JwtServer.Cookie(person.Email, person.Email))
        );
        using Wrk ofTickets = await SignedIn(tickets);
        using Wrk ofExpress = await SignedIn(express);
        using Wrk ofBetterAuth = await SignedIn(betterAuth);

        ComparedPeer check = new(
            new("SessionAuth, `GET /test`", node, "/test", browsers),
            "its nodes have state: after one of a cluster dies, requests for its sessions wait for some seconds"
        );
        ComparedPeer[] peers =
        [
            new(
                new("`JwtBearer`, a token in a cookie", jwt, "/test", holders),
                "a revoked session lives on until its token expires"
            ),
            new(
                new("cookie authentication, tickets in Redis", tickets, "/test", ofTickets, redis),
                $"one query to Redis for each check; {OfRedis}"
            ),
            new(
                new("`express-session` with Redis", express, "/test", ofExpress, redis),
                $"two queries to Redis for each check: it reads the session and extends it; {OfRedis}"
            ),
            new(
                new("`better-auth` with Redis", betterAuth, "/test", ofBetterAuth, redis),
                $"two queries to Redis for each check, one after the other: the session, and whether all of the user's "
                    + $"were revoked; {OfRedis}"
            ),
        ];
        await LadderStep.MeasureInTurn([check.Step, .. peers.Select(peer => peer.Step)]);
        Console.WriteLine($"{Sessions} sessions in random order. {LadderStep.Method}");
        PeerTable.Print(check, peers);
        foreach (Person person in people)
            person.Dispose();
    }

    // Only what can revoke a session is compared as such.
    private static async Task<Wrk> SignedIn(MeasuredProcess peer)
    {
        await PeerSession.RequireRefusals(peer.Url);
        return await Wrk.With(await PeerSession.SignIn(peer.Url, Sessions));
    }
}
