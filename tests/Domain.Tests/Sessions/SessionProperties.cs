using FsCheck;
using FsCheck.Fluent;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>What holds for a session in every order of operations and with every outcome of its writes.</summary>
public sealed class SessionProperties
{
    public static Arbitrary<Operation> Operations()
    {
        Gen<bool> mostly = Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)));
        Gen<bool> either = Gen.Elements(true, false);
        Gen<int> generations = Gen.Choose(1, 6);
        Gen<Writing> writings = Gen.Frequency(
            (4, Gen.Constant(Writing.Succeeds)),
            (1, Gen.Constant(Writing.Fails)),
            (1, Gen.Constant(Writing.IsUnanswered))
        );
        Gen<Operation> pause =
            from seconds in Gen.Frequency(
                (4, Gen.Choose(0, 20)),
                (2, Gen.Choose(-5, 200)),
                (1, Gen.Choose(0, 2_000_000))
            )
            select (Operation)new Operation.Pause(seconds);
        Gen<Operation> check =
            from generation in generations
            from own in mostly
            select (Operation)new Operation.Check(generation, own);
        Gen<Operation> refresh =
            from generation in generations
            from writing in writings
            select (Operation)new Operation.Refresh(generation, writing);
        Gen<Operation> prove =
            from own in mostly
            from hasProof in either
            from writing in writings
            select (Operation)new Operation.Prove(own, hasProof, writing);
        Gen<Operation> revoke =
            from reason in Gen.Elements(Enum.GetValues<SessionEndReason>())
            from byToken in either
            from own in either
            from writing in writings
            select (Operation)new Operation.Revoke(reason, byToken, own, writing);
        Gen<Operation> removeDeviceData =
            from seconds in Gen.Choose(0, 200)
            from own in mostly
            from writing in writings
            select (Operation)new Operation.RemoveDeviceData(seconds, own, writing);
        Gen<Operation> save =
            from writing in writings
            select (Operation)new Operation.SaveActivity(writing);
        return Gen.Frequency(
                (5, pause),
                (5, check),
                (5, refresh),
                (3, prove),
                (1, revoke),
                (1, removeDeviceData),
                (2, save),
                (1, Gen.Constant((Operation)new Operation.EndReplaced())),
                (2, Gen.Constant((Operation)new Operation.Settle())),
                (1, from stored in either select (Operation)new Operation.Crash(stored))
            )
            .ToArbitrary();
    }

    [Simulation(250, Arbitrary = [typeof(SessionProperties)], EndSize = 100)]
    public void Ended_session_stays_ended_once_its_end_is_stored(Operation[] operations)
    {
        StoredSession held = new();
        SessionEnd? ended = null;
        foreach (Operation operation in operations)
        {
            held.Play(operation);
            if (held.Stored is { RevokedAt: { } at, RevokeReason: { } reason })
            {
                ended ??= new(at, reason);
                Assert.Equal(ended, new(at, reason));
            }

            Assert.True(ended is null || held.Stored.RevokedAt is not null);
            if (held.Memory.Saved.RevokedAt is not null)
                AssertEnded(held);
        }
    }

    [Simulation(250, Arbitrary = [typeof(SessionProperties)], EndSize = 100)]
    public void Generations_never_decrease_and_times_stay_within_bounds(Operation[] operations)
    {
        StoredSession held = new();
        long generation = 1;
        foreach (Operation operation in operations)
        {
            held.Play(operation);
            Rotation rotation = held.Stored.Rotation;
            Assert.True(rotation.Generation >= generation);
            Assert.True(rotation.LeastGeneration <= rotation.Generation);
            Assert.InRange(rotation.Deliveries.Remembered.Count, 0, Deliveries.MostRemembered);
            generation = rotation.Generation;
            SessionSnapshot seen = held.Memory.Snapshot(held.Now);
            Assert.True(seen.ExpiresAt <= seen.CreatedAt + StoredSession.Rules.AbsoluteTimeout);
            Assert.True(seen.ExpiresAt <= seen.LastSeenAt + StoredSession.Rules.IdleTimeout);
            Assert.True(seen.LastSeenAt >= held.Memory.Saved.LastSeenAt);
            Assert.True(seen.AuthenticatedAt is null || seen.AuthenticatedAt <= held.Latest);
        }
    }

    [Simulation(250, Arbitrary = [typeof(SessionProperties)], EndSize = 100)]
    public void Other_users_get_nothing_of_a_session(Operation[] operations)
    {
        StoredSession held = new();
        foreach (Operation operation in operations)
        {
            held.Play(operation);
            Session session = held.Memory;
            Assert.Equal(
                SessionStanding.Unknown,
                session.Check(StoredSession.Other, 1, held.Now).Standing
            );
            Assert.Null(session.Prove(StoredSession.Other, null, held.Now).Result);
            Assert.False(
                session.Revoke(SessionEndReason.RevokedByUser, StoredSession.Other, held.Now).Result
            );
            Assert.False(session.RemoveDeviceData(StoredSession.Other, held.Now, held.Now).Result);
        }
    }

    [Simulation(250, Arbitrary = [typeof(SessionProperties)], EndSize = 100)]
    public void Saving_stores_everything_that_is_known(Operation[] operations)
    {
        StoredSession held = new();
        foreach (Operation operation in operations)
            held.Play(operation);
        held.Play(new Operation.Settle());
        held.Play(new Operation.SaveActivity(Writing.Succeeds));

        Assert.Equal(held.Memory.Saved, held.Stored);
        Assert.False(held.Memory.HasUnsavedActivity);
        if (held.Stored.RevokedAt is not null)
            return;

        Session loaded = Session.Load(held.Memory.Id, held.Stored, StoredSession.Rules);
        Assert.Equal(loaded.LastSeenAt, held.Memory.LastSeenAt);
        Assert.Equal(loaded.MustEndReplaced, held.Memory.MustEndReplaced);
        Assert.Same(loaded.Activity.Deliveries, held.Memory.Activity.Deliveries);
    }

    private static void AssertEnded(StoredSession held)
    {
        Session session = held.Memory;
        for (long generation = 1; generation <= session.Tokens().Generation + 1; generation++)
        {
            Assert.Equal(
                SessionStanding.Ended,
                session.Check(StoredSession.Owner, generation, held.Now).Standing
            );
            Assert.IsType<RefreshResult.NotLive>(session.Refresh(generation, "", held.Now).Result);
        }

        Assert.Null(session.Prove(StoredSession.Owner, StoredSession.Proof, held.Now).Result);
        Assert.False(
            session
                .Revoke(SessionEndReason.PasswordChanged, StoredSession.Owner, held.Now)
                .MustStore
        );
    }
}
