using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>Nodes whose process is suspended and resumed.</summary>
[Collection(FaultTests.Name)]
public sealed class PauseTests(FaultFixture fixture, ITestOutputHelper output)
{
    [Theory(
        DisplayName = "S-20 Node that was suspended for seconds accepts no session that was revoked meanwhile"
    )]
    [MemberData(nameof(TestSize.Pauses), MemberType = typeof(TestSize))]
    public async Task Node_that_was_suspended_for_seconds_accepts_no_session_that_was_revoked_meanwhile(
        int seconds
    )
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(fixture, output);
        ClusterNode faultyNode = faulty.FaultyNode;
        faultyNode.TakesLoad = false;
        await faulty.Fault(faultyNode.Pause);
        Device[] wereLive =
        [
            .. faulty
                .Load.Devices.All()
                .Where(device => device.ExpectedState == ExpectedState.Live),
        ];
        await Task.Delay(TimeSpan.FromSeconds(seconds) * 0.8);
        // These requests wait in its sockets: for sessions that are live in its memory and were revoked at the others.
        Device[] revoked =
        [
            .. wereLive.Where(device => device.ExpectedState == ExpectedState.Revoked).Take(150),
        ];
        Task<Answer[]> waiting = Task.WhenAll(revoked.Select(device => device.Check(faultyNode)));
        // These refreshes wait there, too, while other nodes answer their browsers.
        Task<(Device Device, Answer Answer)[]> delayed = Task.WhenAll(
            wereLive
                .Where(device => device.ExpectedState == ExpectedState.Live)
                .Take(50)
                .Select(async device => (device, await device.Copy().Refresh(faultyNode)))
        );
        await Task.Delay(TimeSpan.FromSeconds(seconds) * 0.2);
        long pausedUntil = TimeProvider.System.GetTimestamp();
        await faultyNode.Resume();

        Answer[] answers = await waiting;
        (Device Device, Answer Answer)[] refreshes = await delayed;
        double answered = TimeProvider.System.GetElapsedTime(pausedUntil).TotalSeconds;
        await Eventually.Holds(TimeSpan.FromSeconds(60), faultyNode.IsReady);
        double ready = TimeProvider.System.GetElapsedTime(pausedUntil).TotalSeconds;
        faultyNode.TakesLoad = true;
        await Task.Delay(TimeSpan.FromSeconds(5));

        output.WriteLine(
            $"{answers.Length} waited: "
                + string.Join(
                    ", ",
                    answers
                        .GroupBy(answer => answer.Status)
                        .Select(group => $"{group.Count()} {group.Key?.ToString() ?? "dropped"}")
                )
                + $"; answered {answered:F1} s and ready {ready:F1} s after it went on"
        );
        await faulty.Settle();
        // After five seconds its sessions have not been taken over yet, so that few or none could be revoked.
        Assert.True(seconds < 20 || answers.Length > 0);
        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            refreshes.Where(refresh => refresh.Device.ExpectedState == ExpectedState.Live),
            refresh => Assert.NotEqual(HttpStatusCode.Unauthorized, refresh.Answer.Status)
        );
        faulty.Passed();
    }
}
