using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Many revocations at a constant rate.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class RevocationRateTests(SharedCluster shared, ITestOutputHelper output)
{
    private const int PerSecond = 200;
    private const string Lapsed = "A lease passed before it was renewed";

    private RunningCluster Cluster => shared.Cluster;

    [Fact(
        DisplayName = "S-20 While two hundred sessions a second are revoked no lease lapses and checks of other sessions stay as quick"
    )]
    public async Task While_two_hundred_sessions_a_second_are_revoked_no_lease_lapses_and_checks_of_other_sessions_stay_as_quick()
    {
        LeasedSession[] others = await LeasedSessions.SignIn(Cluster, people: 2, sessionsEach: 6);
        LeasedSession[] revoked = await LeasedSessions.SignIn(
            Cluster,
            TestSize.RevocationsAtConstantRate / 20,
            sessionsEach: 20
        );
        await others.Copy(Cluster.Nodes);
        await revoked.Copy(Cluster.Nodes, rounds: 1);
        int lapsesBefore = Lapses();

        using CancellationTokenSource quiet = new(TimeSpan.FromSeconds(2));
        TimeSpan medianBefore = await MedianCheck(others, quiet.Token);
        using CancellationTokenSource done = new();
        Task<TimeSpan> checking = MedianCheck(others, done.Token);
        Task<TimeSpan> stalling = LongestStall(done.Token);
        long began = TimeProvider.System.GetTimestamp();
        TimeSpan[] waits = await RevokeAtConstantRate(revoked);
        TimeSpan all = TimeProvider.System.GetElapsedTime(began);
        await done.CancelAsync();
        TimeSpan medianDuring = await checking;
        TimeSpan stall = await stalling;
        int lapses = Lapses() - lapsesBefore;

        output.WriteLine(
            $"{waits.Length} revocations in {all.TotalSeconds:F1} s ({waits.Length / all.TotalSeconds:F0}/s), answered after {waits.Order().ElementAt(waits.Length / 2).TotalMilliseconds:F1} ms at the median and {waits.Max().TotalMilliseconds:F0} ms at most; a check of another session took {medianDuring.TotalMilliseconds:F2} ms at the median, {medianBefore.TotalMilliseconds:F2} ms before; {lapses} leases lapsed; the machine stood still for {stall.TotalMilliseconds:F0} ms at most"
        );
        revoked.AssertLinearizable();
        others.AssertLinearizable();
        Assert.InRange(
            medianDuring,
            TimeSpan.Zero,
            (medianBefore * 20) + TimeSpan.FromMilliseconds(200)
        );
        // A machine that stands still for most of a lease says nothing of the product.
        if (stall < TimeSpan.FromSeconds(1))
            Assert.Equal(0, lapses);
    }

    private int Lapses() =>
        Cluster
            .Nodes.SelectMany(node => node.Output.Split('\n'))
            .Count(line => line.Contains(Lapsed, StringComparison.Ordinal));

    private async Task<TimeSpan[]> RevokeAtConstantRate(LeasedSession[] sessions)
    {
        List<Task<TimeSpan>> revoking = [];
        long began = TimeProvider.System.GetTimestamp();
        foreach (LeasedSession session in sessions)
        {
            TimeSpan due = TimeSpan.FromSeconds(1) / PerSecond * revoking.Count;
            TimeSpan wait = due - TimeProvider.System.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            revoking.Add(Task.Run(() => RevokeThenCheck(session)));
        }
        return await Task.WhenAll(revoking);
    }

    private async Task<TimeSpan> RevokeThenCheck(LeasedSession session)
    {
        TimeSpan took = await session.Revoke(Cluster.Any());
        await session.Check(Cluster.Any());
        return took;
    }

    private async Task<TimeSpan> MedianCheck(LeasedSession[] sessions, CancellationToken until)
    {
        List<TimeSpan> took = [];
        while (!until.IsCancellationRequested)
        {
            LeasedSession session = sessions[Random.Shared.Next(sessions.Length)];
            Answer answer = await session.Check(Cluster.Any());
            took.Add(TimeProvider.System.GetElapsedTime(answer.Began));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
        return took.Order().ElementAt(took.Count / 2);
    }

    private static async Task<TimeSpan> LongestStall(CancellationToken until)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(20);
        TimeSpan longest = TimeSpan.Zero;
        while (!until.IsCancellationRequested)
        {
            long began = TimeProvider.System.GetTimestamp();
            await Task.Delay(pause, CancellationToken.None);
            TimeSpan stall = TimeProvider.System.GetElapsedTime(began) - pause;
            longest = stall > longest ? stall : longest;
        }
        return longest;
    }
}
