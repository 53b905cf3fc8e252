using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>What holds of a session whatever is done to it, in any order, whatever becomes of its writes.</summary>
public sealed class SessionProperties
{
    private const int Lives = 500;

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
        Gen<Operation> forget =
            from seconds in Gen.Choose(0, 200)
            from own in mostly
            from writing in writings
            select (Operation)new Operation.ForgetTraces(seconds, own, writing);
        Gen<Operation> save =
            from writing in writings
            select (Operation)new Operation.SaveActivity(writing);
        return Gen.Frequency(
                (5, pause),
                (5, check),
                (5, refresh),
                (3, prove),
                (1, revoke),
                (1, forget),
                (2, save),
                (1, Gen.Constant((Operation)new Operation.EndReplaced())),
                (2, Gen.Constant((Operation)new Operation.Settle())),
                (1, from stored in either select (Operation)new Operation.Crash(stored))
            )
            .ToArbitrary();
    }

    [Property(Arbitrary = [typeof(SessionProperties)], MaxTest = Lives, EndSize = 100)]
    public void Once_its_end_is_stored_nothing_brings_it_back(Operation[] operations)
    {
        HeldSession held = new();
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

    [Property(Arbitrary = [typeof(SessionProperties)], MaxTest = Lives, EndSize = 100)]
    public void Generations_never_go_back_and_its_times_have_bounds(Operation[] operations)
    {
        HeldSession held = new();
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
            Assert.True(seen.ExpiresAt <= seen.CreatedAt + HeldSession.Rules.AbsoluteTimeout);
            Assert.True(seen.ExpiresAt <= seen.LastSeenAt + HeldSession.Rules.IdleTimeout);
            Assert.True(seen.LastSeenAt >= held.Memory.Saved.LastSeenAt);
            Assert.True(seen.AuthenticatedAt is null || seen.AuthenticatedAt <= held.Latest);
        }
    }

    [Property(Arbitrary = [typeof(SessionProperties)], MaxTest = Lives, EndSize = 100)]
    public void Nobody_else_ever_gets_anything_of_it(Operation[] operations)
    {
        HeldSession held = new();
        foreach (Operation operation in operations)
        {
            held.Play(operation);
            Session session = held.Memory;
            Assert.Equal(
                SessionStanding.Unknown,
                session.Check(HeldSession.Other, 1, held.Now).Standing
            );
            Assert.Null(session.Prove(HeldSession.Other, null, held.Now).Result);
            Assert.False(
                session.Revoke(SessionEndReason.RevokedByUser, HeldSession.Other, held.Now).Result
            );
            Assert.False(session.ForgetTraces(HeldSession.Other, held.Now, held.Now).Result);
        }
    }

    [Property(Arbitrary = [typeof(SessionProperties)], MaxTest = Lives, EndSize = 100)]
    public void What_is_saved_is_all_that_is_known(Operation[] operations)
    {
        HeldSession held = new();
        foreach (Operation operation in operations)
            held.Play(operation);
        held.Play(new Operation.Settle());
        held.Play(new Operation.SaveActivity(Writing.Succeeds));

        Assert.Equal(held.Memory.Saved, held.Stored);
        Assert.False(held.Memory.HasUnsavedActivity);
        if (held.Stored.RevokedAt is not null)
            return;

        Session loaded = Session.Load(held.Memory.Id, held.Stored, HeldSession.Rules);
        Assert.Equal(loaded.LastSeenAt, held.Memory.LastSeenAt);
        Assert.Equal(loaded.MustEndReplaced, held.Memory.MustEndReplaced);
        Assert.Same(loaded.Activity.Deliveries, held.Memory.Activity.Deliveries);
    }

    private static void AssertEnded(HeldSession held)
    {
        Session session = held.Memory;
        for (long generation = 1; generation <= session.Grant().Generation + 1; generation++)
        {
            Assert.Equal(
                SessionStanding.Ended,
                session.Check(HeldSession.Owner, generation, held.Now).Standing
            );
            Assert.IsType<RefreshResult.NotLive>(session.Refresh(generation, "", held.Now).Result);
        }

        Assert.Null(session.Prove(HeldSession.Owner, HeldSession.Proof, held.Now).Result);
        Assert.False(
            session.Revoke(SessionEndReason.PasswordChanged, HeldSession.Owner, held.Now).MustStore
        );
    }
}
