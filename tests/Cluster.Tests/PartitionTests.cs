using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Nodes that are alive, and cut off.</summary>
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Victim = 1;

    // What a node writes when its fence closes: the test below sees it written, and the last one that it is not.
    private const string FenceClosed =
        "This silo cannot tell whether it still belongs to its cluster";

    [Fact(
        DisplayName = "S-20 A node that is cut off from the others and from the database accepts no session that was revoked meanwhile"
    )]
    public async Task A_node_that_is_cut_off_accepts_nothing_that_was_revoked_meanwhile()
    {
        string written = await AcceptsNothingThatWasRevoked(
            _ => CutNetwork.Cut(Victim),
            _ => CutNetwork.Mend(Victim),
            TimeSpan.FromSeconds(20)
        );
        Assert.Contains(FenceClosed, written, StringComparison.Ordinal);
    }

    [Fact(
        DisplayName = "S-20 A node that is cut off from the other nodes alone, and not from the database, accepts no session that was revoked meanwhile"
    )]
    public Task A_node_that_is_cut_off_from_the_others_accepts_nothing_that_was_revoked() =>
        AcceptsNothingThatWasRevoked(
            cuttable => cuttable.CutFromOthers(Victim),
            cuttable => cuttable.MendToOthers(Victim),
            TimeSpan.FromSeconds(15)
        );

    // Answers with what the node wrote.
    private async Task<string> AcceptsNothingThatWasRevoked(
        Func<CuttableCluster, Task> cut,
        Func<CuttableCluster, Task> mend,
        TimeSpan length
    )
    {
        await using CuttableCluster cuttable = await CuttableCluster.Start();
        await using FaultyCluster faulty = await FaultyCluster.Of(cuttable.Cluster, output);
        ClusterNode victim = cuttable.Cluster.Nodes[Victim];

        // Browsers still come to it, and are told what it knows.
        victim.TakesLoad = false;
        await using Load besieged = faulty.Load.At(victim);
        besieged.Start(workers: 0, checkers: 24);
        await faulty.Fault(() => cut(cuttable));
        await Task.Delay(length);
        await mend(cuttable);
        long mended = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await Eventually(victim.IsReady);
        double ready = TimeProvider.System.GetElapsedTime(mended).TotalSeconds;
        await besieged.Stop();
        victim.TakesLoad = true;
        await Task.Delay(TimeSpan.FromSeconds(5));

        output.WriteLine(
            $"cut off for {length.TotalSeconds} s; the last check that it accepted was {faulty.Ledger.LastAccepted(faulty.FaultAt, mended, victim):F1} s after the cut; ready {ready:F1} s after it was mended"
        );
        await faulty.Settle();
        Assert.Empty(
            faulty.Ledger.FailuresSince(
                faulty.After(FaultyCluster.RecoversWithin),
                cuttable.Cluster.Nodes.Where(node => node != victim)
            )
        );
        return victim.Output;
    }

    [Fact(
        DisplayName = "S-20 A node that is cut off from the database alone goes on checking sessions by the others' word"
    )]
    public async Task A_node_without_the_database_goes_on_by_the_others_word()
    {
        await using CuttableCluster cuttable = await CuttableCluster.Start();
        await using FaultyCluster faulty = await FaultyCluster.Of(cuttable.Cluster, output);
        ClusterNode victim = cuttable.Cluster.Nodes[Victim];
        victim.TakesLoad = false;
        await using Load visiting = faulty.Load.At(victim);

        await faulty.Fault(() =>
        {
            cuttable.CutDatabase(Victim);
            return Task.CompletedTask;
        });
        await Task.Delay(TimeSpan.FromSeconds(5));
        int before = faulty.Ledger.Count("checked");
        visiting.Start(workers: 0, checkers: 4);
        await Task.Delay(TimeSpan.FromSeconds(10));
        Assert.True(await victim.IsReady());
        await visiting.Stop();
        cuttable.MendDatabase(Victim);
        victim.TakesLoad = true;
        await Task.Delay(TimeSpan.FromSeconds(5));

        output.WriteLine($"{faulty.Ledger.Count("checked") - before} checks meanwhile");
        await faulty.Settle();
        Assert.DoesNotContain(FenceClosed, victim.Output, StringComparison.Ordinal);
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!await holds())
            await Task.Delay(50, patience.Token);
    }
}
