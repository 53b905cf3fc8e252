using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Nodes that end without a word.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 A node that is killed under load takes nothing with it that was acknowledged, and is soon missed by nobody"
    )]
    public async Task A_killed_node_takes_nothing_with_it()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(output);

        faulty.Victim.TakesLoad = false;
        await faulty.Fault(faulty.Victim.Kill);
        await Task.Delay(FaultyCluster.RecoversWithin + TimeSpan.FromSeconds(5));

        await faulty.Settle();
        Assert.Empty(
            faulty.Ledger.FailuresSince(
                faulty.After(FaultyCluster.RecoversWithin),
                faulty.Survivors
            )
        );
        foreach (ClusterNode node in faulty.Survivors)
            SaysInShortWhatHappened(node);
    }

    // Operators read it in the night: one line says what it means, and none is a page of stack traces.
    private void SaysInShortWhatHappened(ClusterNode node)
    {
        string[] lines = node.Output.Split('\n');
        string[] told =
        [
            .. lines.Where(line => !line.Contains(" info: ", StringComparison.Ordinal)),
        ];
        output.WriteLine($"{node.Url} wrote {told.Length} lines of warnings and worse:");
        foreach (string line in told)
            output.WriteLine(line[..Math.Min(line.Length, 600)]);
        Assert.Contains(
            lines,
            line => line.Contains("was declared dead", StringComparison.Ordinal)
        );
        Assert.All(lines, line => Assert.True(line.Length <= 500, line));
        Assert.All(lines, line => Assert.DoesNotContain("   at ", line, StringComparison.Ordinal));
    }

    [Fact(
        DisplayName = "S-20 A node that is killed and started again at once takes nothing with it, and takes part again"
    )]
    public async Task A_killed_node_comes_back()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(output);

        faulty.Victim.TakesLoad = false;
        await faulty.Fault(faulty.Victim.Kill);
        await faulty.Victim.Start();
        faulty.Victim.TakesLoad = true;
        await Task.Delay(FaultyCluster.RecoversWithin + TimeSpan.FromSeconds(5));

        await faulty.Settle();
        Assert.Empty(
            faulty.Ledger.FailuresSince(
                faulty.After(FaultyCluster.RecoversWithin),
                faulty.Cluster.Nodes
            )
        );
    }
}
