using SessionAuth.Bench.Clusters;
using SessionAuth.Bench.Processes;
using SessionAuth.Bench.Servers;

namespace SessionAuth.Bench.Ladder;

/// <summary>
/// The ladder from a bare endpoint to <c>GET /test</c>, step by step, for one node, for one of three, and for a front
/// end without a silo; <c>JwtBearer</c> beside it.
/// </summary>
internal static class Checks
{
    private const int Sessions = 300;

    public static async Task Measure()
    {
        await using MeasuredProcess bare = await MeasuredProcess.Serve("bare", BenchSettings.All);
        await using MeasuredProcess node = await MeasuredProcess.Serve("node", BenchSettings.All);
        await using MeasuredProcess jwt = await MeasuredProcess.Serve("jwt", BenchSettings.All);
        await using BenchCluster cluster = await BenchCluster.Start();
        MeasuredProcess ofThree = await cluster.Serve("node");
        ClusterProcess second = await cluster.Add("node");
        ClusterProcess third = await cluster.Add("node");
        MeasuredProcess client = await cluster.Serve("client");

        Person[] people = await Person.Register([node.Url], Sessions);
        Person[] others = await Person.Register([ofThree.Url, second.Url, third.Url], Sessions);
        using Wrk browsers = await Wrk.With(people.Select(person => person.Cookie));
        using Wrk ofCluster = await Wrk.With(others.Select(person => person.Cookie));
        using Wrk holders = await Wrk.With(
            people.Select(person =>
                $"{JwtServer.Cookie(person.Email, person.Email)}; {person.Cookie}"
            )
        );
        CheckLadder ladder = new(
            new("bare endpoint", bare, "/", browsers),
            new("JwtBearer", jwt, "/test", holders),
            [
                new(
                    "one node",
                    new("with routing and headers", node, LadderSteps.Unchecked, browsers),
                    [
                        new("with the cookie found", node, LadderSteps.WithCookie, browsers),
                        new("GET /test", node, "/test", browsers),
                    ]
                ),
                new(
                    "one of three nodes",
                    new("with routing and headers", ofThree, LadderSteps.Unchecked, ofCluster),
                    [new("GET /test", ofThree, "/test", ofCluster)]
                ),
                new(
                    "a front end without a silo",
                    new("with routing and headers", client, LadderSteps.Unchecked, ofCluster),
                    [new("GET /test", client, "/test", ofCluster)]
                ),
            ]
        );
        Console.WriteLine(
            $"{Sessions} sessions in random order; on the silos of the cluster: {string.Join(", ", await SessionSpread.Of(cluster, others))}"
        );
        await ladder.Measure();
        ladder.Print();
        foreach (Person person in people.Concat(others))
            person.Dispose();
    }
}
