using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Many revocations at a constant rate.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class RevocationRateTests(SharedCluster shared, ITestOutputHelper output)
{
    // Two hundred a second.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);

    // Of a lease of three seconds that is renewed each second.
    private static readonly TimeSpan s_suspended = TimeSpan.FromSeconds(1);

    // More than two leases, so that one that is renewed too late has lapsed.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(7);

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

        using CancellationTokenSource quiet = new(s_quiet);
        (TimeSpan medianBefore, _) = await CheckRepeatedly(others, quiet.Token);
        using CancellationTokenSource done = new();
        Task<(TimeSpan, TimeSpan)> checking = CheckRepeatedly(others, done.Token);
        long began = TimeProvider.System.GetTimestamp();
        TimeSpan[] waits = await RevokeAtConstantRate(revoked);
        TimeSpan all = TimeProvider.System.GetElapsedTime(began);
        await done.CancelAsync();
        (TimeSpan medianDuring, TimeSpan slowest) = await checking;
        int lapses = Lapses() - lapsesBefore;

        output.WriteLine(
            $"{waits.Length} revocations in {all.TotalSeconds:F1} s ({waits.Length / all.TotalSeconds:F0}/s), answered after {waits.Order().ElementAt(waits.Length / 2).TotalMilliseconds:F1} ms at the median and {waits.Max().TotalMilliseconds:F0} ms at most; a check of another session took {medianDuring.TotalMilliseconds:F2} ms at the median, {medianBefore.TotalMilliseconds:F2} ms before; {lapses} leases lapsed; the slowest check took {slowest.TotalMilliseconds:F0} ms"
        );
        revoked.AssertLinearizable();
        others.AssertLinearizable();
        Assert.InRange(
            medianDuring,
            TimeSpan.Zero,
            (medianBefore * 20) + TimeSpan.FromMilliseconds(200)
        );
        // A machine too busy for this rate renews leases late as well: nodes that it suspends answer no checks either.
        if (slowest < s_suspended && all < s_interval * revoked.Length * 2)
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
            TimeSpan due = s_interval * revoking.Count;
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

    private async Task<(TimeSpan Median, TimeSpan Slowest)> CheckRepeatedly(
        LeasedSession[] sessions,
        CancellationToken until
    )
    {
        List<TimeSpan> took = [];
        while (!until.IsCancellationRequested)
        {
            LeasedSession session = sessions[Random.Shared.Next(sessions.Length)];
            Answer answer = await session.Check(Cluster.Any());
            took.Add(TimeProvider.System.GetElapsedTime(answer.Began));
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.Status);
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
        took.Sort();
        return (took[took.Count / 2], took[^1]);
    }
}
