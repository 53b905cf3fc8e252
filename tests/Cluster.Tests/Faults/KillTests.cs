using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>Nodes that are killed.</summary>
[Collection(FaultTests.Name)]
public sealed class KillTests(FaultFixture fixture, ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 Node that is killed under load loses nothing acknowledged, and the cluster recovers soon"
    )]
    public async Task Node_that_is_killed_under_load_loses_nothing_acknowledged_and_the_cluster_recovers_soon()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(fixture, output);

        faulty.FaultyNode.TakesLoad = false;
        await faulty.Fault(faulty.FaultyNode.Kill);
        await Task.Delay(FaultyCluster.RecoversWithin + TimeSpan.FromSeconds(5));

        await faulty.Settle();
        faulty.AssertRecovered(faulty.Survivors);
        foreach (ClusterNode node in faulty.Survivors)
            LogsBriefly(node.Url, faulty.OutputOf(node));
        faulty.Passed();
    }

    // Operators read it in an emergency: one line says what happened, and there are no pages of stack traces.
    private void LogsBriefly(string node, string written)
    {
        string[] lines = written.Split('\n');
        string[] warnings =
        [
            .. lines.Where(line => !line.Contains(" info: ", StringComparison.Ordinal)),
        ];
        output.WriteLine($"{node} wrote {warnings.Length} lines of warnings and worse:");
        foreach (string line in warnings)
            output.WriteLine(line[..Math.Min(line.Length, 600)]);
        Assert.Contains(
            lines,
            line => line.Contains("was declared dead", StringComparison.Ordinal)
        );
        Assert.All(lines, line => Assert.True(line.Length <= 500, line));
        Assert.All(lines, line => Assert.DoesNotContain("   at ", line, StringComparison.Ordinal));
    }

    [Fact(
        DisplayName = "S-20 Node that is killed and restarted loses nothing acknowledged and takes part again"
    )]
    public async Task Node_that_is_killed_and_restarted_loses_nothing_acknowledged_and_takes_part_again()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(fixture, output);

        faulty.FaultyNode.TakesLoad = false;
        await faulty.Fault(faulty.FaultyNode.Kill);
        await faulty.FaultyNode.Start();
        faulty.FaultyNode.TakesLoad = true;
        await Task.Delay(FaultyCluster.RecoversWithin + TimeSpan.FromSeconds(5));

        await faulty.Settle();
        faulty.AssertRecovered(faulty.Cluster.Nodes);
        faulty.Passed();
    }
}
