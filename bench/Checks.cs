using SessionAuth.Bench.Servers;

namespace SessionAuth.Bench;

/// <summary>
/// The ladder from a bare endpoint to <c>GET /test</c>, step by step, and <c>JwtBearer</c> beside it: processor time of
/// the server, rate and garbage for each request.
/// </summary>
/// <remarks>
/// Rates and processor times wander on a machine that does other work too. So the targets take turns, and what counts is
/// how their medians compare.
/// </remarks>
internal static class Checks
{
    private const int Sessions = 300;
    private const int Rounds = 5;
    private const int Seconds = 5;

    public static async Task Measure()
    {
        Dictionary<string, string> settings = new()
        {
            // The measurement takes longer than a token is valid by default.
            ["ACCESS_TOKEN_LIFETIME"] = "01:00:00",
            // All people register from one address.
            ["SIGN_IN_THROTTLE"] = "off",
        };
        await using NodeProcess bare = await NodeProcess.Serve("bare", settings);
        await using NodeProcess node = await NodeProcess.Serve("node", settings);
        await using NodeProcess jwt = await NodeProcess.Serve("jwt", settings);
        Person[] people = await Person.Register(node.Url, Sessions);
        using Wrk browsers = await Wrk.With(people.Select(person => person.Cookie));
        using Wrk holders = await Wrk.With(
            people.Select(person =>
                $"{JwtServer.Cookie(person.Email, person.Email)}; {person.Cookie}"
            )
        );
        LadderStep[] ladder =
        [
            new("bare endpoint", bare, "/", browsers),
            new("with routing and headers", node, LadderSteps.Unchecked, browsers),
            new("with the cookie found", node, LadderSteps.WithCookie, browsers),
            new("GET /test", node, "/test", browsers),
            new("JwtBearer", jwt, "/test", holders),
        ];

        foreach (LadderStep step in ladder)
            await step.WarmUp(Seconds);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (LadderStep step in ladder)
                await step.Measure(Seconds);
        }

        Print(ladder);
        foreach (Person person in people)
            person.Dispose();
    }

    private static void Print(LadderStep[] ladder)
    {
        Console.WriteLine(
            $"{Sessions} sessions in turn, medians of {Rounds} rounds of {Seconds} s:"
        );
        Console.WriteLine($"  {"", -30}{"CPU", 9}{"to bare", 9}{"rate", 11}{"garbage", 11}");
        LadderRound bare = ladder[0].Median;
        foreach (LadderStep step in ladder)
        {
            LadderRound median = step.Median;
            Console.WriteLine(
                $"  {step.Name, -30}{median.Microseconds, 6:F1} µs{median.Microseconds / bare.Microseconds, 9:F2}"
                    + $"{median.PerSecond, 9:N0}/s{median.Bytes, 9:N0} B{(step.IsWarm ? "" : "  (still warming)")}"
            );
        }
    }
}
