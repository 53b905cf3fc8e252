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
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        Silo.Clock.Advance(AlmostInterval);

        for (int i = 0; i < 50; i++)
            await session.Check(tokens);
        // Changes nothing, but waits for a write if one is under way.
        await session.Revoke(SessionEndReason.SignedOut, People.NewUser());

        Assert.Equal(1, Writes(tokens));
    }

    [Fact]
    public async Task Many_checks_after_five_minutes_write_once()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        Silo.Clock.Advance(Interval);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => session.Check(tokens)));

        await Eventually.Holds(() => Writes(tokens) == 2);
        await session.Check(tokens);
        SessionSnapshot? seen = await session.Describe();
        SessionState stored = Stored(tokens);
        Assert.Equal(2, Writes(tokens));
        Assert.InRange(seen!.LastSeenAt - stored.LastSeenAt, TimeSpan.Zero, AlmostInterval);
        Assert.True(stored.LastSeenAt - stored.CreatedAt >= Interval);
        Assert.Equal(tokens.Generation, stored.Rotation.Deliveries.Remembered[^1].Generation);
    }

    [Fact]
    public async Task Last_use_is_stored_when_the_session_is_deactivated()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        Silo.Clock.Advance(AlmostInterval);
        await session.Check(tokens);
        SessionSnapshot seen = (await session.Describe())!;

        await RunningSilo.Deactivate(session);

        await Eventually.Holds(() => Writes(tokens) == 2);
        Assert.Equal(seen.LastSeenAt, (await session.Describe())!.LastSeenAt);
    }

    [Fact]
    public async Task Unchanged_session_is_deactivated_without_a_write()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();

        await RunningSilo.Deactivate(session);
        await session.Describe();

        Assert.Equal(1, Writes(tokens));
    }

    [Fact]
    public async Task Confirmation_of_a_generation_survives_deactivation()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        await session.Check(second);
        await RunningSilo.Deactivate(session);
        Silo.Clock.Advance(TimeSpan.FromSeconds(130));

        SessionTokens? copy = await session.Refresh(first.Generation);

        Assert.Null(copy);
        Assert.Equal(SessionEndReason.RefreshTokenReuse, (await session.Describe())!.EndReason);
    }

    [Fact]
    public async Task Failed_write_behind_is_tried_again_five_minutes_later()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        Silo.Clock.Advance(Interval);
        HeldWrites held = Silo.Storage.Hold(tokens.Session.Value);
        await session.Check(tokens);
        await held.Reached;
        held.Break();

        SessionStanding during = await session.Check(tokens);
        Silo.Clock.Advance(Interval);
        await session.Check(tokens);

        Assert.Equal(SessionStanding.Live, during);
        await Eventually.Holds(() => Writes(tokens) == 2);
    }

    private int Writes(SessionTokens tokens) => Silo.Storage.Writes(tokens.Session.Value);

    private SessionState Stored(SessionTokens tokens) =>
        Silo.Storage.Written<SessionState>(tokens.Session.Value);
}
