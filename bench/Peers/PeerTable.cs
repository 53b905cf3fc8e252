using System.Globalization;
using SessionAuth.Bench.Ladder;

namespace SessionAuth.Bench.Peers;

/// <summary>What is compared.</summary>
/// <param name="Step">Its measurement.</param>
/// <param name="GivesUp">What its users have to live with.</param>
internal sealed record ComparedPeer(LadderStep Step, string GivesUp)
{
    /// <summary>The processor time of its server and of what that asks, in microseconds.</summary>
    public double Together => Step.Median.Microseconds + Step.Median.OfStore;
}

/// <summary>The comparison as a table for people.</summary>
internal static class PeerTable
{
    public static void Print(ComparedPeer check, IEnumerable<ComparedPeer> peers)
    {
        Console.WriteLine(
            """

            | what answers | CPU of the server | CPU of Redis | together | to `GET /test` | rate | what it gives up |
            |---|---|---|---|---|---|---|
            """
        );
        foreach (ComparedPeer peer in peers.Prepend(check))
            Console.WriteLine(Row(peer, check));
    }

    private static string Row(ComparedPeer peer, ComparedPeer check)
    {
        LadderRound median = peer.Step.Median;
        string ratio = (peer.Together / check.Together).ToString(
            "F1",
            CultureInfo.InvariantCulture
        );
        string ofRedis = median.OfStore > 0 ? $"{median.OfStore:F1} µs" : "";
        return $"| {peer.Step.Name} | {median.Microseconds:F1} µs | {ofRedis} | {peer.Together:F1} µs "
            + $"| {ratio} | {median.PerSecond:N0}/s | {peer.GivesUp} |";
    }
}
