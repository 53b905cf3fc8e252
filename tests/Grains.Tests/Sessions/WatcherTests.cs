using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

[Collection(SharedSiloTests.Name)]
public sealed class WatcherTests(SharedSilo shared)
{
    private readonly List<Told> _alive = [];

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task A_watcher_is_told_at_once_when_the_session_ends_and_why()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        Told told = new();
        WatchAnswer watching = await Watch(session, Guid.NewGuid(), told);

        await session.Revoke(SessionEndReason.RevokedByUser, owner: null);

        Assert.Equal(WatchOutcome.Watching, watching.Outcome);
        Assert.Equal(SessionEndReason.RevokedByUser, await told.Soon);
    }

    [Fact]
    public async Task A_watcher_is_not_told_of_a_revocation_that_failed()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        Told told = new();
        await Watch(session, Guid.NewGuid(), told);

        using (Silo.Storage.Fail(grant.Session.Value))
        {
            await Assert.ThrowsAnyAsync<Exception>(() =>
                session.Revoke(SessionEndReason.RevokedByUser, owner: null)
            );
        }

        Assert.False(told.Yet);
        await session.Revoke(SessionEndReason.SignedOut, owner: null);
        Assert.Equal(SessionEndReason.SignedOut, await told.Soon);
    }

    [Fact]
    public async Task Who_watches_an_ended_session_is_answered_why_it_ended()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        await session.Revoke(SessionEndReason.SessionLimit, owner: null);

        WatchAnswer answer = await Watch(session, Guid.NewGuid());

        Assert.Equal(new WatchAnswer(WatchOutcome.Ended, SessionEndReason.SessionLimit), answer);
    }

    [Fact]
    public async Task Who_watches_an_expired_session_is_answered_so()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        Silo.Clock.Advance(TimeSpan.FromDays(30));

        WatchAnswer answer = await Watch(session, Guid.NewGuid());

        Assert.Equal(new WatchAnswer(WatchOutcome.Ended, SessionEndReason.Expired), answer);
    }

    [Fact]
    public async Task A_sixth_watcher_is_refused_until_another_gives_its_place_up()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        Guid[] five = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
        foreach (Guid stream in five)
            await Watch(session, stream);

        WatchAnswer sixth = await Watch(session, Guid.NewGuid());
        WatchAnswer signOfLife = await Watch(session, five[0]);
        await session.Unwatch(five[0]);
        WatchAnswer next = await Watch(session, Guid.NewGuid());

        Assert.Equal(WatchOutcome.TooMany, sixth.Outcome);
        Assert.Equal(WatchOutcome.Watching, signOfLife.Outcome);
        Assert.Equal(WatchOutcome.Watching, next.Outcome);
    }

    [Fact]
    public async Task A_watcher_without_a_sign_of_life_loses_its_place()
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
    public async Task Watching_is_no_use_of_the_session()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        Silo.Clock.Advance(TimeSpan.FromDays(29));
        await Watch(session, Guid.NewGuid());
        await session.Describe();
        Silo.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(SessionStanding.Ended, await session.Check(grant));
    }

    private async Task<WatchAnswer> Watch(ISessionGrain session, Guid stream, Told? told = null)
    {
        told ??= new();
        // Orleans holds watchers weakly.
        _alive.Add(told);
        return await session.Watch(
            stream,
            Silo.Grains.CreateObjectReference<ISessionWatcher>(told)
        );
    }
}
