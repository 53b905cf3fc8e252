using FsCheck;
using FsCheck.Fluent;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>What the refresh rules guarantee over whole simulated histories.</summary>
public sealed class SessionSimulationProperties
{
    public static Arbitrary<SessionEvent> Events()
    {
        Gen<int> which = Gen.Choose(0, 5);
        Gen<bool> either = Gen.Elements(true, false);
        Gen<bool> seldom = Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)));
        Gen<Fault> faults = Gen.Frequency(
            (6, Gen.Constant(Fault.None)),
            (1, Gen.Elements(Enum.GetValues<Fault>()))
        );
        Gen<SessionEvent> pause =
            from seconds in Gen.Frequency(
                (4, Gen.Choose(0, 12)),
                (3, Gen.Choose(0, 150)),
                (2, Gen.Choose(800, 1000)),
                (1, Gen.Choose(0, 200_000))
            )
            select (SessionEvent)new SessionEvent.Pause(seconds);
        Gen<SessionEvent> sent =
            from request in Gen.Elements(Request.Check, Request.Refresh, Request.StepUp)
            select (SessionEvent)new SessionEvent.Sent(request);
        Gen<SessionEvent> served =
            from n in which
            from fault in faults
            from again in seldom
            select (SessionEvent)new SessionEvent.Served(n, fault, again);
        Gen<SessionEvent> answered =
            from n in which
            from lost in seldom
            select (SessionEvent)new SessionEvent.Answered(n, lost);
        Gen<SessionEvent> saved =
            from leaves in either
            select (SessionEvent)new SessionEvent.ActivitySaved(leaves);
        Gen<SessionEvent> killed =
            from stored in either
            select (SessionEvent)new SessionEvent.Killed(stored);
        return Gen.Frequency(
                (3, pause),
                (6, sent),
                (6, served),
                (6, answered),
                (1, saved),
                (3, Gen.Constant((SessionEvent)new SessionEvent.Settled())),
                (1, killed)
            )
            .ToArbitrary();
    }

    [Simulation(500, Arbitrary = [typeof(SessionSimulationProperties)], EndSize = 200)]
    public void No_history_signs_an_honest_browser_out(SessionEvent[] events)
    {
        SessionSimulation simulation = new();
        foreach (SessionEvent sessionEvent in events)
        {
            simulation.Play(sessionEvent);
            Assert.True(simulation.IsLive);
        }

        // Everything under way is dropped, and then the browser's cookies can be refreshed.
        simulation.Settle();
        simulation.Pass(
            SessionSimulation.LongestDelay + SessionSimulation.Grace + TimeSpan.FromSeconds(1)
        );
        Assert.IsType<RefreshResult.Refreshed>(simulation.Spend(simulation.Jar.Generation));
        Assert.True(simulation.IsLive);
    }

    [Simulation(500, Arbitrary = [typeof(SessionSimulationProperties)], EndSize = 200)]
    public void Every_use_of_a_stolen_token_after_the_owner_has_moved_on_is_detected(
        SessionEvent[] before,
        SessionEvent[] after
    )
    {
        SessionSimulation simulation = new();
        foreach (SessionEvent sessionEvent in before)
            simulation.Play(sessionEvent);
        long copy = simulation.Jar.Generation;
        foreach (SessionEvent sessionEvent in after)
            simulation.Play(sessionEvent);
        if (simulation.SupersededAt(copy) is not { } supersededAt)
            return;

        simulation.Settle();
        TimeSpan since = simulation.Now - supersededAt;
        TimeSpan found = SessionSimulation.Grace + SessionSimulation.LongestDelay;
        if (since < found)
            simulation.Pass(found - since);

        Assert.IsType<RefreshResult.Replayed>(simulation.Spend(copy));
        Assert.False(simulation.IsLive);
    }
}
