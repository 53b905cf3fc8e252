using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

[Collection(SharedSiloTests.Name)]
public sealed class WatcherTests(SharedSilo shared)
{
    private readonly List<RecordingWatcher> _alive = [];

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Watcher_is_notified_with_the_reason_when_the_session_ends()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        RecordingWatcher watcher = new();
        WatchAnswer watching = await Watch(session, Guid.NewGuid(), watcher);

        await session.Revoke(SessionEndReason.RevokedByUser, owner: null);

        Assert.Equal(WatchOutcome.Watching, watching.Outcome);
        Assert.Equal(SessionEndReason.RevokedByUser, await watcher.Reason);
    }

    [Fact]
    public async Task Watcher_is_not_notified_of_a_failed_revocation()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        RecordingWatcher watcher = new();
        await Watch(session, Guid.NewGuid(), watcher);

        using (Silo.Storage.Fail(tokens.Session.Value))
        {
            await Assert.ThrowsAnyAsync<Exception>(() =>
                session.Revoke(SessionEndReason.RevokedByUser, owner: null)
            );
        }

        Assert.False(watcher.WasNotified);
        await session.Revoke(SessionEndReason.SignedOut, owner: null);
        Assert.Equal(SessionEndReason.SignedOut, await watcher.Reason);
    }

    [Fact]
    public async Task Watching_an_ended_session_returns_its_end_reason()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        await session.Revoke(SessionEndReason.SessionLimit, owner: null);

        WatchAnswer answer = await Watch(session, Guid.NewGuid());

        Assert.Equal(new WatchAnswer(WatchOutcome.Ended, SessionEndReason.SessionLimit), answer);
    }

    [Fact]
    public async Task Watching_an_expired_session_returns_that_it_has_expired()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        Silo.Clock.Advance(TimeSpan.FromDays(30));

        WatchAnswer answer = await Watch(session, Guid.NewGuid());

        Assert.Equal(new WatchAnswer(WatchOutcome.Ended, SessionEndReason.Expired), answer);
    }

    [Fact]
    public async Task Sixth_watcher_is_refused_until_another_one_leaves()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        Guid[] five = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
        foreach (Guid stream in five)
            await Watch(session, stream);

        WatchAnswer sixth = await Watch(session, Guid.NewGuid());
        WatchAnswer heartbeat = await Watch(session, five[0]);
        await session.Unwatch(five[0]);
        WatchAnswer next = await Watch(session, Guid.NewGuid());

        Assert.Equal(WatchOutcome.TooMany, sixth.Outcome);
        Assert.Equal(WatchOutcome.Watching, heartbeat.Outcome);
        Assert.Equal(WatchOutcome.Watching, next.Outcome);
    }

    [Fact]
    public async Task Watcher_without_a_heartbeat_loses_its_place()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        for (int i = 0; i < 5; i++)
            await Watch(session, Guid.NewGuid());
        Silo.Clock.Advance(TimeSpan.FromSeconds(31));
        WatchAnswer early = await Watch(session, Guid.NewGuid());

        Silo.Clock.Advance(TimeSpan.FromSeconds(10));
        WatchAnswer late = await Watch(session, Guid.NewGuid());

        Assert.Equal(WatchOutcome.TooMany, early.Outcome);
        Assert.Equal(WatchOutcome.Watching, late.Outcome);
    }

    [Fact]
    public async Task Watching_does_not_count_as_use_of_the_session()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        Silo.Clock.Advance(TimeSpan.FromDays(29));
        await Watch(session, Guid.NewGuid());
        await session.Describe();
        Silo.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
    }

    private async Task<WatchAnswer> Watch(
        ISessionGrain session,
        Guid stream,
        RecordingWatcher? watcher = null
    )
    {
        watcher ??= new();
        // Orleans references observers weakly.
        _alive.Add(watcher);
        return await session.Watch(
            stream,
            Silo.Grains.CreateObjectReference<ISessionWatcher>(watcher)
        );
    }
}
