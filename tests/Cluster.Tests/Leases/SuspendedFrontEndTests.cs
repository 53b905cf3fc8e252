using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>A front end without a silo that has copies and is suspended.</summary>
[Collection(FrontEndClusterTests.Name)]
public sealed class SuspendedFrontEndTests(FrontEndCluster shared, ITestOutputHelper output)
{
    // The length of a lease; tests do not depend on how quick the machine is.
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(3);

    [Fact(
        DisplayName = "S-20 Front end that is suspended makes revocations wait for one lease and refuses them when it resumes"
    )]
    public async Task Front_end_that_is_suspended_makes_revocations_wait_for_one_lease_and_refuses_them_when_it_resumes()
    {
        ClusterNode frontEnd = shared.Nodes[FrontEndCluster.FrontEnd];
        LeasedSession[] sessions = await LeasedSessions.SignIn(
            shared.Cluster,
            people: 20,
            sessionsEach: 5
        );
        LeasedSession[] ofOneUser = await LeasedSessions.SignIn(
            shared.Cluster,
            people: 1,
            sessionsEach: 101
        );
        LeasedSession staying = ofOneUser[0];
        LeasedSession[] others = ofOneUser[1..];
        LeasedSession[] all = [.. sessions, .. ofOneUser];
        await all.Copy(shared.Nodes);

        await frontEnd.Pause();
        long began = TimeProvider.System.GetTimestamp();
        Task<TimeSpan> revokingOthers = staying.RevokeOthers(others, shared.Nodes[0]);
        TimeSpan[] waits = await Task.WhenAll(
            sessions.Select(session => session.Revoke(shared.AnySilo()))
        );
        TimeSpan waitForOthers = await revokingOthers;
        TimeSpan waitForAll = TimeProvider.System.GetElapsedTime(began);
        // They wait in its sockets, for sessions that are live by its copies.
        Task<Answer[]> waiting = Task.WhenAll(
            sessions.Concat(others).Select(session => session.Check(frontEnd))
        );
        await Task.Delay(TestSize.FrontEndPause);
        await frontEnd.Resume();
        Answer[] answers = await waiting;
        // Its leases are renewed, and must not revive what they covered before.
        await Task.Delay(s_lease / 2);
        Answer[] later = await Task.WhenAll(
            sessions.Concat(others).Select(session => session.Check(frontEnd))
        );

        output.WriteLine(
            $"{sessions.Length} revocations with a suspended front end: the slowest was answered after {waits.Max().TotalSeconds:F1} s; {others.Length} sessions of one user by one request: after {waitForOthers.TotalSeconds:F1} s"
        );
        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(later, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await staying.Check(frontEnd)).Status);
        all.AssertLinearizable();
        // One lease for all of them, not one for each.
        Assert.InRange(waitForAll, TimeSpan.Zero, s_lease * 10);
    }

    [Fact(
        DisplayName = "S-20 Front end whose machine is suspended accepts nothing that was revoked before it resumes"
    )]
    public async Task Front_end_whose_machine_is_suspended_accepts_nothing_that_was_revoked_before_it_resumes()
    {
        ClusterNode frontEnd = shared.Nodes[FrontEndCluster.FrontEnd];
        LeasedSession[] sessions = await LeasedSessions.SignIn(
            shared.Cluster,
            people: 5,
            sessionsEach: 10
        );
        await sessions.Copy(shared.Nodes);

        // The recalls do not get into its sockets, and arrive after the requests of its browsers.
        await CutNetwork.Cut(FrontEndCluster.FrontEnd);
        await frontEnd.Pause();
        Task<TimeSpan[]> revoking = Task.WhenAll(
            sessions.Select(session => session.Revoke(shared.AnySilo()))
        );
        await Task.Delay(s_lease / 4);
        await frontEnd.Resume();
        // Its leases stand for a moment, as long as the revocations are not answered.
        Task<Answer[]> within = Task.WhenAll(sessions.Select(session => session.Check(frontEnd)));
        await Task.Delay(s_lease / 4);
        await frontEnd.Pause();
        await revoking;
        Task<Answer[]> waiting = Task.WhenAll(sessions.Select(session => session.Check(frontEnd)));
        await Task.Delay(s_lease / 4);
        await frontEnd.Resume();
        await Task.Delay(s_lease / 4);
        await CutNetwork.Repair(FrontEndCluster.FrontEnd);
        await within;
        Answer[] answers = await waiting;

        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.OK);
        sessions.AssertLinearizable();
        await Eventually.Holds(
            TimeSpan.FromSeconds(60),
            async () =>
                (await Task.WhenAll(sessions.Select(session => session.Check(frontEnd)))).All(
                    answer => answer.Status == HttpStatusCode.Unauthorized
                )
        );
    }
}
