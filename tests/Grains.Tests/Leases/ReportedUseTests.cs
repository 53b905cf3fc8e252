using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Leases;

/// <summary>Uses that holders have answered from their copies, and report to the silo.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class ReportedUseTests(SharedSilo shared) : IAsyncLifetime
{
    private static readonly TimeSpan s_writeInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromDays(30);

    private readonly List<ControlledHolder> _holders = [];

    private RunningSilo Silo => shared.Silo;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (ControlledHolder holder in _holders)
            await holder.Silo.GiveBack(holder.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(75)]
    [InlineData(76)]
    [InlineData(600)]
    public async Task Reported_use_extends_the_idle_timeout(int secondsAgo)
    {
        (ISessionGrain session, SessionGrant grant, ControlledHolder holder) = await Hold();
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(secondsAgo);

        await Report(holder, grant, secondsAgo);

        await Eventually.Holds(async () => await LastSeen(session) >= used);
        // The message takes time, which the silo cannot tell from a later use.
        Assert.InRange(await LastSeen(session), used, used + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_latest_of_several_reports_counts()
    {
        (ISessionGrain session, SessionGrant grant, ControlledHolder holder) = await Hold();
        ControlledHolder other = await Hold(grant);
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset latest = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(5);

        await Report(holder, grant, secondsAgo: 5);
        await Report(other, grant, secondsAgo: 60);

        Assert.True(await LastSeen(session) >= latest);
    }

    [Fact]
    public async Task Reported_use_is_stored_once_a_write_is_due_and_not_before()
    {
        (_, SessionGrant grant, ControlledHolder holder) = await Hold();
        Silo.Clock.Advance(s_writeInterval / 2);
        await Report(holder, grant, secondsAgo: 1);
        int before = Writes(grant);
        Silo.Clock.Advance(s_writeInterval);
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);

        await Report(holder, grant, secondsAgo: 1);

        await Eventually.Holds(() => Stored(grant).LastSeenAt >= used);
        Assert.Equal(1, before);
        Assert.Equal(2, Writes(grant));
    }

    [Fact]
    public async Task Reported_use_is_stored_when_the_session_is_deactivated()
    {
        (ISessionGrain session, SessionGrant grant, ControlledHolder holder) = await Hold();
        Silo.Clock.Advance(s_writeInterval / 2);
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);
        await Report(holder, grant, secondsAgo: 1);

        await RunningSilo.Deactivate(session);

        await Eventually.Holds(() => Stored(grant).LastSeenAt >= used);
    }

    [Fact]
    public async Task Use_of_a_session_that_has_left_memory_is_recorded()
    {
        (ISessionGrain session, SessionGrant grant, ControlledHolder holder) = await Hold();
        await RunningSilo.Deactivate(session);
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);

        await Report(holder, grant, secondsAgo: 1);

        await Eventually.Holds(async () => await LastSeen(session) >= used);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(80)]
    public async Task Use_after_the_end_of_a_session_does_not_revive_it(int secondsAgo)
    {
        (ISessionGrain session, SessionGrant grant, ControlledHolder holder) = await Hold();
        DateTimeOffset last = await LastSeen(session);
        Silo.Clock.Advance(s_idleTimeout + TimeSpan.FromMinutes(3));

        await Report(holder, grant, secondsAgo);

        Assert.Equal(SessionEndReason.Expired, (await session.Describe())!.EndReason);
        Assert.Equal(SessionStanding.Ended, (await holder.Check(grant)).Standing);
        Assert.Equal(last, await LastSeen(session));
    }

    [Fact]
    public async Task Use_of_a_revoked_session_changes_nothing()
    {
        (ISessionGrain session, SessionGrant grant, ControlledHolder holder) = await Hold();
        await session.Revoke(SessionEndReason.SignedOut, grant.User);
        DateTimeOffset last = await LastSeen(session);
        Silo.Clock.Advance(TimeSpan.FromMinutes(10));

        await Report(holder, grant, secondsAgo: 1);

        Assert.Equal(last, await LastSeen(session));
        Assert.Equal(SessionStanding.Ended, (await holder.Check(grant)).Standing);
    }

    [Fact]
    public async Task Reports_while_other_calls_are_made_are_not_lost()
    {
        (ISessionGrain session, SessionGrant grant, ControlledHolder holder) = await Hold();
        ControlledHolder other = await Hold(grant);
        Silo.Clock.Advance(TimeSpan.FromMinutes(2));

        for (int i = 0; i < 200; i++)
        {
            Silo.Clock.Advance(TimeSpan.FromSeconds(1));
            DateTimeOffset used = Silo.Clock.GetUtcNow();
            await Task.WhenAll(
                Report(holder, grant, secondsAgo: 0),
                session.Describe(),
                Report(other, grant, secondsAgo: 1),
                session.Describe()
            );
            Assert.True(await LastSeen(session) >= used);
        }
    }

    private async Task<(ISessionGrain, SessionGrant, ControlledHolder)> Hold()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        return (session, grant, await Hold(grant));
    }

    private async Task<ControlledHolder> Hold(SessionGrant grant)
    {
        ControlledHolder holder = await ControlledHolder.WithLease(Silo, grant);
        _holders.Add(holder);
        Assert.NotNull((await holder.Check(grant)).Copy);
        return holder;
    }

    private static Task<LeaseGrant?> Report(
        ControlledHolder holder,
        SessionGrant grant,
        int secondsAgo
    ) => holder.Renew(new SessionUse(grant.Session, TimeSpan.FromSeconds(secondsAgo)));

    private static async Task<DateTimeOffset> LastSeen(ISessionGrain session) =>
        (await session.Describe())!.LastSeenAt;

    private int Writes(SessionGrant grant) => Silo.Storage.Writes(grant.Session.Value);

    private SessionState Stored(SessionGrant grant) =>
        Silo.Storage.Written<SessionState>(grant.Session.Value);
}
