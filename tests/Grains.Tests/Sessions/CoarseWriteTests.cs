using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>What checks change is kept in memory and stored by write-behind.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class CoarseWriteTests(SharedSilo shared)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AlmostInterval = Interval - TimeSpan.FromSeconds(20);

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Checks_within_five_minutes_of_a_write_store_nothing()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        Silo.Clock.Advance(AlmostInterval);

        for (int i = 0; i < 50; i++)
            await session.Check(grant);
        // Changes nothing, but waits for a write if one is under way.
        await session.Revoke(SessionEndReason.SignedOut, People.NewUser());

        Assert.Equal(1, Writes(grant));
    }

    [Fact]
    public async Task Many_checks_after_five_minutes_write_once()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        Silo.Clock.Advance(Interval);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => session.Check(grant)));

        await Eventually.Holds(() => Writes(grant) == 2);
        await session.Check(grant);
        SessionSnapshot? seen = await session.Describe();
        SessionState stored = Stored(grant);
        Assert.Equal(2, Writes(grant));
        Assert.InRange(seen!.LastSeenAt - stored.LastSeenAt, TimeSpan.Zero, AlmostInterval);
        Assert.True(stored.LastSeenAt - stored.CreatedAt >= Interval);
        Assert.Equal(grant.Generation, stored.Rotation.Deliveries.Remembered[^1].Generation);
    }

    [Fact]
    public async Task Last_use_is_stored_when_the_session_is_deactivated()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        Silo.Clock.Advance(AlmostInterval);
        await session.Check(grant);
        SessionSnapshot seen = (await session.Describe())!;

        await RunningSilo.Deactivate(session);

        await Eventually.Holds(() => Writes(grant) == 2);
        Assert.Equal(seen.LastSeenAt, (await session.Describe())!.LastSeenAt);
    }

    [Fact]
    public async Task Unchanged_session_is_deactivated_without_a_write()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();

        await RunningSilo.Deactivate(session);
        await session.Describe();

        Assert.Equal(1, Writes(grant));
    }

    [Fact]
    public async Task Confirmation_of_a_generation_survives_deactivation()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        await session.Check(second);
        await RunningSilo.Deactivate(session);
        Silo.Clock.Advance(TimeSpan.FromSeconds(130));

        SessionGrant? copy = await session.Refresh(first.Generation);

        Assert.Null(copy);
        Assert.Equal(SessionEndReason.RefreshTokenReuse, (await session.Describe())!.EndReason);
    }

    [Fact]
    public async Task Failed_write_behind_is_tried_again_five_minutes_later()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        Silo.Clock.Advance(Interval);
        HeldWrites held = Silo.Storage.Hold(grant.Session.Value);
        await session.Check(grant);
        await held.Reached;
        held.Break();

        SessionStanding during = await session.Check(grant);
        Silo.Clock.Advance(Interval);
        await session.Check(grant);

        Assert.Equal(SessionStanding.Live, during);
        await Eventually.Holds(() => Writes(grant) == 2);
    }

    private int Writes(SessionGrant grant) => Silo.Storage.Writes(grant.Session.Value);

    private SessionState Stored(SessionGrant grant) =>
        Silo.Storage.Written<SessionState>(grant.Session.Value);
}
