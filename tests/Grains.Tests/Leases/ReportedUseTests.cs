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
        (ISessionGrain session, SessionTokens tokens, ControlledHolder holder) = await Hold();
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(secondsAgo);

        await Report(holder, tokens, secondsAgo);

        await Eventually.Holds(async () => await LastSeen(session) >= used);
        // The message takes time, which the silo cannot tell from a later use.
        Assert.InRange(await LastSeen(session), used, used + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_latest_of_several_reports_counts()
    {
        (ISessionGrain session, SessionTokens tokens, ControlledHolder holder) = await Hold();
        ControlledHolder other = await Hold(tokens);
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset latest = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(5);

        await Report(holder, tokens, secondsAgo: 5);
        await Report(other, tokens, secondsAgo: 60);

        Assert.True(await LastSeen(session) >= latest);
    }

    [Fact]
    public async Task Reported_use_is_stored_once_a_write_is_due_and_not_before()
    {
        (_, SessionTokens tokens, ControlledHolder holder) = await Hold();
        Silo.Clock.Advance(s_writeInterval / 2);
        await Report(holder, tokens, secondsAgo: 1);
        int before = Writes(tokens);
        Silo.Clock.Advance(s_writeInterval);
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);

        await Report(holder, tokens, secondsAgo: 1);

        await Eventually.Holds(() => Stored(tokens).LastSeenAt >= used);
        Assert.Equal(1, before);
        Assert.Equal(2, Writes(tokens));
    }

    [Fact]
    public async Task Reported_use_is_stored_when_the_session_is_deactivated()
    {
        (ISessionGrain session, SessionTokens tokens, ControlledHolder holder) = await Hold();
        Silo.Clock.Advance(s_writeInterval / 2);
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);
        await Report(holder, tokens, secondsAgo: 1);

        await RunningSilo.Deactivate(session);

        await Eventually.Holds(() => Stored(tokens).LastSeenAt >= used);
    }

    [Fact]
    public async Task Use_of_a_session_that_has_left_memory_is_recorded()
    {
        (ISessionGrain session, SessionTokens tokens, ControlledHolder holder) = await Hold();
        await RunningSilo.Deactivate(session);
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset used = Silo.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);

        await Report(holder, tokens, secondsAgo: 1);

        await Eventually.Holds(async () => await LastSeen(session) >= used);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(80)]
    public async Task Use_after_the_end_of_a_session_does_not_revive_it(int secondsAgo)
    {
        (ISessionGrain session, SessionTokens tokens, ControlledHolder holder) = await Hold();
        DateTimeOffset last = await LastSeen(session);
        Silo.Clock.Advance(s_idleTimeout + TimeSpan.FromMinutes(3));

        await Report(holder, tokens, secondsAgo);

        Assert.Equal(SessionEndReason.Expired, (await session.Describe())!.EndReason);
        Assert.Equal(SessionStanding.Ended, (await holder.Check(tokens)).Standing);
        Assert.Equal(last, await LastSeen(session));
    }

    [Fact]
    public async Task Use_of_a_revoked_session_changes_nothing()
    {
        (ISessionGrain session, SessionTokens tokens, ControlledHolder holder) = await Hold();
        await session.Revoke(SessionEndReason.SignedOut, tokens.User);
        DateTimeOffset last = await LastSeen(session);
        Silo.Clock.Advance(TimeSpan.FromMinutes(10));

        await Report(holder, tokens, secondsAgo: 1);

        Assert.Equal(last, await LastSeen(session));
        Assert.Equal(SessionStanding.Ended, (await holder.Check(tokens)).Standing);
    }

    [Fact]
    public async Task Reports_while_other_calls_are_made_are_not_lost()
    {
        (ISessionGrain session, SessionTokens tokens, ControlledHolder holder) = await Hold();
        ControlledHolder other = await Hold(tokens);
        Silo.Clock.Advance(TimeSpan.FromMinutes(2));

        for (int i = 0; i < 200; i++)
        {
            Silo.Clock.Advance(TimeSpan.FromSeconds(1));
            DateTimeOffset used = Silo.Clock.GetUtcNow();
            await Task.WhenAll(
                Report(holder, tokens, secondsAgo: 0),
                session.Describe(),
                Report(other, tokens, secondsAgo: 1),
                session.Describe()
            );
            Assert.True(await LastSeen(session) >= used);
        }
    }

    private async Task<(ISessionGrain, SessionTokens, ControlledHolder)> Hold()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        return (session, tokens, await Hold(tokens));
    }

    private async Task<ControlledHolder> Hold(SessionTokens tokens)
    {
        ControlledHolder holder = await ControlledHolder.WithLease(Silo, tokens);
        _holders.Add(holder);
        Assert.NotNull((await holder.Check(tokens)).Copy);
        return holder;
    }

    private static Task<LeaseGrant?> Report(
        ControlledHolder holder,
        SessionTokens tokens,
        int secondsAgo
    ) => holder.Renew(new SessionUse(tokens.Session, TimeSpan.FromSeconds(secondsAgo)));

    private static async Task<DateTimeOffset> LastSeen(ISessionGrain session) =>
        (await session.Describe())!.LastSeenAt;

    private int Writes(SessionTokens tokens) => Silo.Storage.Writes(tokens.Session.Value);

    private SessionState Stored(SessionTokens tokens) =>
        Silo.Storage.Written<SessionState>(tokens.Session.Value);
}
