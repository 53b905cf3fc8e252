using System.Collections.Concurrent;
using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>A front end without a silo that has copies and is cut off from what it needs.</summary>
[Collection(FrontEndClusterTests.Name)]
public sealed class CutOffFrontEndTests(FrontEndCluster shared, ITestOutputHelper output)
{
    // The length of a lease; tests do not depend on how quick the machine is.
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(3);

    // Above that, the requests that hang would use up its connections.
    private static readonly TimeSpan s_betweenChecks = TimeSpan.FromMilliseconds(60);

    [Fact(
        DisplayName = "S-20 Front end that is cut off from the database accepts nothing that was revoked meanwhile"
    )]
    public Task Front_end_that_is_cut_off_from_the_database_accepts_nothing_that_was_revoked_meanwhile() =>
        AcceptsNothingThatWasRevoked(
            hosts => Task.Run(() => hosts.CutDatabase(FrontEndCluster.FrontEnd)),
            hosts => Task.Run(() => hosts.RepairDatabase(FrontEndCluster.FrontEnd))
        );

    // They still reach it, but get no answer.
    [Fact(
        DisplayName = "S-20 Front end that is cut off from the silos accepts nothing that was revoked meanwhile, and revocations wait for one lease"
    )]
    public Task Front_end_that_is_cut_off_from_the_silos_accepts_nothing_that_was_revoked_meanwhile_and_revocations_wait_for_one_lease() =>
        AcceptsNothingThatWasRevoked(
            hosts => hosts.CutFromOthers(FrontEndCluster.FrontEnd),
            hosts => hosts.RepairToOthers(FrontEndCluster.FrontEnd)
        );

    [Fact(
        DisplayName = "S-20 Front end that is cut off from the silos and the database accepts nothing that was revoked meanwhile, and revocations wait for one lease"
    )]
    public Task Front_end_that_is_cut_off_from_the_silos_and_the_database_accepts_nothing_that_was_revoked_meanwhile_and_revocations_wait_for_one_lease() =>
        AcceptsNothingThatWasRevoked(
            _ => CutNetwork.Cut(FrontEndCluster.FrontEnd),
            _ => CutNetwork.Repair(FrontEndCluster.FrontEnd)
        );

    private async Task AcceptsNothingThatWasRevoked(
        Func<CuttableCluster, Task> cut,
        Func<CuttableCluster, Task> repair
    )
    {
        IReadOnlyList<ClusterNode> nodes = shared.Nodes;
        ClusterNode frontEnd = nodes[FrontEndCluster.FrontEnd];
        LeasedSession[] sessions = await LeasedSessions.SignIn(
            shared.Cluster,
            people: 4,
            sessionsEach: 6
        );
        LeasedSession staying = sessions[0];
        LeasedSession[] revoked = sessions[1..];
        await sessions.Copy(nodes);

        await using RepeatedChecks checks = RepeatedChecks.Start(revoked, nodes);
        await cut(shared.Hosts);
        TimeSpan[] waits = await Task.WhenAll(
            revoked.Select(session => session.Revoke(shared.AnySilo()))
        );
        await Task.Delay(s_lease * 1.5);
        await repair(shared.Hosts);
        await Eventually.Holds(
            TimeSpan.FromSeconds(60),
            async () => (await staying.Check(frontEnd)).Status == HttpStatusCode.OK
        );
        Answer[] after = await Task.WhenAll(revoked.Select(session => session.Check(frontEnd)));
        await checks.Stop();

        output.WriteLine(
            $"{waits.Length} revocations, the slowest was answered after {waits.Max().TotalSeconds:F1} s"
        );
        Assert.All(after, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        revoked.AssertLinearizable();
        Assert.InRange(waits.Max(), TimeSpan.Zero, s_lease * 10);
    }

    /// <summary>Checks that start at a constant rate, whether or not those before were answered.</summary>
    private sealed class RepeatedChecks : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly ConcurrentBag<Task> _answers = [];
        private Task _starting = Task.CompletedTask;

        public static RepeatedChecks Start(
            IReadOnlyList<LeasedSession> sessions,
            IReadOnlyList<ClusterNode> nodes
        )
        {
            RepeatedChecks checks = new();
            checks._starting = Task.Run(() => checks.Repeat(sessions, nodes));
            return checks;
        }

        public async Task Stop()
        {
            await _stopping.CancelAsync();
            await _starting;
            await Task.WhenAll(_answers);
        }

        public async ValueTask DisposeAsync()
        {
            await Stop();
            _stopping.Dispose();
        }

        private async Task Repeat(
            IReadOnlyList<LeasedSession> sessions,
            IReadOnlyList<ClusterNode> nodes
        )
        {
            while (!_stopping.IsCancellationRequested)
            {
                LeasedSession session = sessions[Random.Shared.Next(sessions.Count)];
                foreach (ClusterNode node in nodes)
                    _answers.Add(session.Check(node));
                await Task.Delay(s_betweenChecks);
            }
        }
    }
}
