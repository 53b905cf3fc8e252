using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Nodes that are stopped where they are, and go on later as if no time had passed.</summary>
public sealed class PauseTests(ITestOutputHelper output)
{
    [Theory(
        DisplayName = "S-20 A node that was stopped for seconds and goes on accepts no session that was revoked meanwhile"
    )]
    [MemberData(nameof(Form.Pauses), MemberType = typeof(Form))]
    public async Task A_paused_node_accepts_nothing_that_was_revoked_meanwhile(int seconds)
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(output);
        ClusterNode victim = faulty.Victim;
        victim.TakesLoad = false;
        await faulty.Fault(victim.Pause);
        Device[] lived =
        [
            .. faulty.Load.Devices.All().Where(device => device.Standing == Standing.Live),
        ];
        await Task.Delay(TimeSpan.FromSeconds(seconds) * 0.8);
        // What is sent to it now waits at its door: for sessions that it has in memory as live, and that the others
        // have revoked since.
        Device[] revoked =
        [
            .. lived.Where(device => device.Standing == Standing.Revoked).Take(150),
        ];
        Task<Answer[]> waiting = Task.WhenAll(revoked.Select(device => device.Check(victim)));
        // Refreshes wait there as well, whose browsers are answered elsewhere meanwhile, and move on.
        Task<(Device Device, Answer Answer)[]> heldUp = Task.WhenAll(
            lived
                .Where(device => device.Standing == Standing.Live)
                .Take(50)
                .Select(async device => (device, await device.Copy().Refresh(victim)))
        );
        await Task.Delay(TimeSpan.FromSeconds(seconds) * 0.2);
        long pausedUntil = TimeProvider.System.GetTimestamp();
        await victim.Resume();

        Answer[] answers = await waiting;
        (Device Device, Answer Answer)[] refreshes = await heldUp;
        double answered = TimeProvider.System.GetElapsedTime(pausedUntil).TotalSeconds;
        while (!await victim.IsReady())
            await Task.Delay(50);
        double ready = TimeProvider.System.GetElapsedTime(pausedUntil).TotalSeconds;
        victim.TakesLoad = true;
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
        // After five seconds nobody has taken its sessions over yet, so that few or none could be revoked.
        Assert.True(seconds < 20 || answers.Length > 0);
        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            refreshes.Where(refresh => refresh.Device.Standing == Standing.Live),
            refresh => Assert.NotEqual(HttpStatusCode.Unauthorized, refresh.Answer.Status)
        );
    }
}
