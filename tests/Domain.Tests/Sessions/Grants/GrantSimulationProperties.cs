using FsCheck;
using FsCheck.Fluent;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Tests.Sessions.Grants;

/// <summary>What the rules of grants guarantee over whole simulated histories.</summary>
public sealed class GrantSimulationProperties
{
    public static Arbitrary<GrantEvent> Events()
    {
        Gen<int> which = Gen.Choose(0, 60);
        Gen<int> application = Gen.Choose(1, GrantSimulation.Applications);
        Gen<bool> seldom = Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)));
        Gen<GrantFault> fault = Gen.Frequency(
            (6, Gen.Constant(GrantFault.None)),
            (2, Gen.Elements(Enum.GetValues<GrantFault>()))
        );
        Gen<GrantEvent> pause =
            from seconds in Gen.Frequency(
                (5, Gen.Choose(0, 12)),
                (2, Gen.Choose(0, 150)),
                (1, Gen.Choose(0, 200_000))
            )
            select (GrantEvent)new GrantEvent.Pause(seconds);
        Gen<GrantEvent> redeemed =
            from of in application
            from f in fault
            from replaces in seldom
            select (GrantEvent)new GrantEvent.Redeemed(of, f, replaces);
        Gen<GrantEvent> again =
            from n in which
            from f in fault
            select (GrantEvent)new GrantEvent.RedeemedAgain(n, f);
        Gen<GrantEvent> refreshed =
            from n in which
            from f in fault
            from repeated in seldom
            select (GrantEvent)new GrantEvent.Refreshed(n, f, repeated);
        Gen<GrantEvent> repeat = from n in which select (GrantEvent)new GrantEvent.RepeatArrived(n);
        Gen<GrantEvent> ended =
            from n in which
            from f in fault
            select (GrantEvent)new GrantEvent.Ended(n, f);
        Gen<GrantEvent> applicationEnded =
            from of in application
            from f in fault
            select (GrantEvent)new GrantEvent.ApplicationEnded(of, f);
        Gen<GrantEvent> session =
            from f in fault
            select (GrantEvent)new GrantEvent.SessionRefreshed(f);
        return Gen.Frequency(
                (5, pause),
                (8, redeemed),
                (1, again),
                (10, refreshed),
                (3, repeat),
                (1, ended),
                (1, applicationEnded),
                (2, session),
                (1, Gen.Constant((GrantEvent)new GrantEvent.Killed()))
            )
            .ToArbitrary();
    }

    // That an honest client is never refused is asserted with each of its refreshes.
    [Simulation(500, Arbitrary = [typeof(GrantSimulationProperties)], EndSize = 200)]
    public void No_history_ends_the_grant_of_an_honest_client(GrantEvent[] events)
    {
        GrantSimulation simulation = Played(events);

        simulation.Settle();
        foreach (GrantSimulation.Client client in Honest(simulation))
        {
            Assert.IsType<RefreshGrantResult.Refreshed>(
                simulation.Spend(client, client.Generation, GrantFault.None)
            );
        }
    }

    [Simulation(500, Arbitrary = [typeof(GrantSimulationProperties)], EndSize = 200)]
    public void What_was_answered_as_ended_stays_ended(GrantEvent[] before, GrantEvent[] after)
    {
        GrantSimulation simulation = Played(before);
        GrantSimulation.Client[] ended = [.. simulation.Clients.Where(client => client.IsEnded)];

        foreach (GrantEvent grantEvent in after)
        {
            simulation.Play(grantEvent);
            Assert.DoesNotContain(ended, simulation.IsLive);
        }
    }

    [Simulation(500, Arbitrary = [typeof(GrantSimulationProperties)], EndSize = 200)]
    public void Every_grant_ends_with_the_session(GrantEvent[] events)
    {
        GrantSimulation simulation = Played(events);

        simulation.Revoke();

        Assert.DoesNotContain(simulation.Clients, simulation.IsLive);
        simulation.Die();
        Assert.DoesNotContain(simulation.Clients, simulation.IsLive);
    }

    [Simulation(500, Arbitrary = [typeof(GrantSimulationProperties)], EndSize = 200)]
    public void Use_of_a_stolen_token_after_its_client_has_moved_on_ends_the_grant(
        GrantEvent[] events
    )
    {
        GrantSimulation simulation = Played(events);
        simulation.Settle();
        foreach (GrantSimulation.Client client in Honest(simulation))
        {
            long stolen = client.Generation;
            simulation.Spend(client, client.Generation, GrantFault.None);
            simulation.Settle();
            simulation.Spend(client, client.Generation, GrantFault.None);
            simulation.Settle();

            Assert.IsType<RefreshGrantResult.Replayed>(
                simulation.Spend(client, stolen, GrantFault.None)
            );
            Assert.False(simulation.IsLive(client));
        }
    }

    [Simulation(500, Arbitrary = [typeof(GrantSimulationProperties)], EndSize = 400)]
    public void Grants_are_bounded(GrantEvent[] events)
    {
        GrantSimulation simulation = new();
        foreach (GrantEvent grantEvent in events)
        {
            simulation.Play(grantEvent);
            SessionGrants grants = simulation.Grants;

            Assert.InRange(grants.Open.Count, 0, SessionGrants.MostOpen);
            Assert.InRange(grants.Ended.Count, 0, SessionGrants.MostOpen + SessionGrants.MostEnded);
            Assert.All(
                grants.Open.CountBy(grant => grant.Application),
                pair => Assert.InRange(pair.Value, 1, SessionGrants.MostOfApplication)
            );
            Assert.Distinct(
                grants.Open.Select(grant => grant.Id).Concat(grants.Ended.Select(grant => grant.Id))
            );
        }
    }

    private static GrantSimulation Played(GrantEvent[] events)
    {
        GrantSimulation simulation = new();
        foreach (GrantEvent grantEvent in events)
            simulation.Play(grantEvent);
        return simulation;
    }

    private static IEnumerable<GrantSimulation.Client> Honest(GrantSimulation simulation) =>
        simulation.Clients.Where(client =>
            client is { WasAnswered: true, IsEnded: false, MayHaveEnded: false }
        );
}
