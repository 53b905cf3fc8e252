using System.Net;
using SessionAuth.Bench.Clusters;

namespace SessionAuth.Bench.Revocations;

/// <summary>
/// How long a revocation takes until it is answered, and what it costs the silo and each holder, by the number of front
/// ends that have a copy of the session. All are real processes.
/// </summary>
internal static class RevocationTimes
{
    private const int Rounds = 5;
    private const int WarmUpRounds = 2;
    private const int SessionsEachRound = 60;

    public static async Task Measure()
    {
        await using RevokingCluster cluster = await RevokingCluster.Start(
            RevocationCase.All.Max(which => which.Holders)
        );
        Dictionary<RevocationCase, List<RevocationRound>> rounds = RevocationCase.All.ToDictionary(
            which => which,
            _ => new List<RevocationRound>()
        );
        for (int round = -WarmUpRounds; round < Rounds; round++)
        {
            // Interleaved: a machine that is shared is not equally quick all the time.
            await Console.Error.WriteLineAsync($"round {round + WarmUpRounds + 1}");
            foreach (RevocationCase which in RevocationCase.All)
            {
                RevocationRound measured = await Round(cluster, which);
                if (round >= 0)
                    rounds[which].Add(measured);
            }
        }

        Console.WriteLine(
            $"""
            Revocations by POST /logout, one silo, {Rounds} rounds of {SessionsEachRound}:

            | holders | answered after, median | 95 % | slowest | CPU of the silo | CPU of each holder |
            |---|---|---|---|---|---|
            """
        );
        foreach (RevocationCase which in RevocationCase.All)
            Console.WriteLine(Row(which, rounds[which]));
    }

    // A machine that suspends processes for seconds closes the fence of the silo, and tells nothing about revocations.
    private static async Task<RevocationRound> Round(RevokingCluster cluster, RevocationCase which)
    {
        while (true)
        {
            try
            {
                return await cluster.Revoke(which, SessionsEachRound);
            }
            catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                Console.WriteLine("A round is repeated: the silo was not confirmed all the time.");
            }
        }
    }

    private static string Row(RevocationCase which, List<RevocationRound> rounds)
    {
        TimeSpan[] answered = [.. rounds.SelectMany(round => round.Answered).Order()];
        string silo = Milliseconds(rounds.Select(round => round.Silo).Median());
        string holder =
            which.Holders == 0 ? "" : Milliseconds(rounds.Select(round => round.Holder).Median());
        return $"| {which} | {Milliseconds(answered.Median())} | {Milliseconds(answered[answered.Length * 95 / 100])} "
            + $"| {Milliseconds(answered[^1])} | {silo} | {holder} |";
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:N2} ms";
}
