using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

[Collection(SharedSiloTests.Name)]
public sealed class RefreshTests(SharedSilo shared)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task First_refresh_rotates_even_right_after_the_sign_in()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();

        SessionTokens? second = await session.Refresh(first.Generation);

        Assert.Equal(first.Generation + 1, second!.Generation);
    }

    [Fact]
    public async Task Newest_token_within_the_grace_gets_the_same_generation_without_a_write()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        int writes = Silo.Storage.Writes(first.Session.Value);

        SessionTokens? again = await session.Refresh(second.Generation);

        Assert.Equal(second.Generation, again!.Generation);
        Assert.Equal(writes, Silo.Storage.Writes(first.Session.Value));
    }

    [Fact]
    public async Task Newest_token_after_the_grace_gets_the_next_generation_durably()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        Silo.Clock.Advance(Grace);

        SessionTokens? third = await session.Refresh(second.Generation);

        Assert.Equal(second.Generation + 1, third!.Generation);
        Assert.Equal(third.Generation, Stored(first).Rotation.Generation);
    }

    [Fact]
    public async Task Previous_token_works_a_month_later_while_the_newest_was_never_used()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens lost = (await session.Refresh(first.Generation))!;
        Silo.Clock.Advance(TimeSpan.FromDays(29));

        SessionTokens? again = await session.Refresh(first.Generation);

        Assert.Equal(lost.Generation, again!.Generation);
    }

    [Fact]
    public async Task Previous_token_works_within_the_grace_after_the_newest_was_first_used()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        await session.Check(second);

        SessionTokens? again = await session.Refresh(first.Generation);

        Assert.Equal(second.Generation, again!.Generation);
    }

    [Fact(
        DisplayName = "S-15 Superseded token is refused for two minutes after the grace and changes nothing"
    )]
    public async Task Superseded_token_is_refused_for_two_minutes_after_the_grace_and_changes_nothing()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        await session.Check(second);
        Silo.Clock.Advance(Grace);
        RefreshAnswer early = await Ask(session, first);
        Silo.Clock.Advance(LongestDelay - TimeSpan.FromSeconds(5));
        RefreshAnswer late = await Ask(session, first);

        Assert.Equal(RefreshOutcome.Superseded, early.Outcome);
        Assert.Equal(RefreshOutcome.Superseded, late.Outcome);
        Assert.Equal(SessionStanding.Live, await session.Check(second));
    }

    [Fact(
        DisplayName = "S-15 Token superseded for longer than the grace and two minutes revokes the session"
    )]
    public async Task Token_superseded_for_longer_than_the_grace_and_two_minutes_revokes_the_session()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        await session.Check(second);
        Silo.Clock.Advance(Grace + LongestDelay);

        RefreshAnswer copy = await Ask(session, first);

        Assert.Equal(RefreshOutcome.NotLive, copy.Outcome);
        Assert.Equal(SessionStanding.Ended, await session.Check(second));
        Assert.Null(await session.Refresh(second.Generation));
        SessionSnapshot? ended = await session.Describe();
        Assert.Equal(SessionEndReason.RefreshTokenReuse, ended!.EndReason);
    }

    [Fact]
    public async Task Refresh_with_the_newest_token_confirms_it_as_a_check_does()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        await session.Refresh(second.Generation);
        Silo.Clock.Advance(Grace + LongestDelay);

        Assert.Null(await session.Refresh(first.Generation));
    }

    [Fact]
    public async Task Check_with_an_older_access_token_confirms_nothing()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        SessionStanding old = await session.Check(first);
        Silo.Clock.Advance(Grace + LongestDelay);

        SessionTokens? again = await session.Refresh(first.Generation);

        Assert.Equal(SessionStanding.Live, old);
        Assert.Equal(second.Generation, again!.Generation);
    }

    [Fact]
    public async Task Token_two_generations_old_works_within_the_grace_and_revokes_the_session_two_minutes_after_it()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        SessionTokens second = (await session.Refresh(first.Generation))!;
        Silo.Clock.Advance(Grace);
        SessionTokens third = (await session.Refresh(second.Generation))!;

        SessionTokens? again = await session.Refresh(first.Generation);
        Assert.Equal(third.Generation, again?.Generation);
        Silo.Clock.Advance(Grace + LongestDelay);
        Assert.Null(await session.Refresh(first.Generation));
        Assert.Equal(SessionStanding.Ended, await session.Check(second));
    }

    [Fact]
    public async Task Token_ahead_of_storage_counts_as_the_newest_and_is_rotated()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();

        SessionTokens? restored = await session.Refresh(first.Generation + 6);

        Assert.Equal(first.Generation + 7, restored!.Generation);
        Assert.Equal(SessionStanding.Live, await session.Check(restored));
    }

    [Fact(DisplayName = "S-16 A thousand parallel refreshes of one token have one successor")]
    public async Task A_thousand_parallel_refreshes_of_one_token_have_one_successor()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();

        SessionTokens?[] all = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(_ => session.Refresh(first.Generation))
        );

        Assert.All(all, tokens => Assert.Equal(first.Generation + 1, tokens?.Generation));
        Assert.Equal(2, Silo.Storage.Writes(first.Session.Value));
    }

    [Fact]
    public async Task Refresh_whose_client_has_disconnected_is_not_carried_out()
    {
        // The cancellation is a message of its own and may arrive too late now and then.
        const int Rounds = 20;
        int carriedOut = 0;
        for (int i = 0; i < Rounds; i++)
            carriedOut += await RefreshesAfterDisconnect() ? 1 : 0;

        Assert.InRange(carriedOut, 0, Rounds / 2);
    }

    private async Task<bool> RefreshesAfterDisconnect()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        using HeldWrites coarse = Silo.Storage.Hold(first.Session.Value);
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));
        await session.Check(first);
        await coarse.Reached;
        using CancellationTokenSource client = new();
        Task<RefreshAnswer> waiting = session.Refresh(first.Generation, "192.0.2.7", client.Token);
        // The check interleaves with the refresh that has begun.
        await session.Describe();
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await session.Describe();

        coarse.Release();
        // Changes nothing, and runs after the refresh.
        await session.Revoke(SessionEndReason.SignedOut, People.NewUser());
        return Stored(first).Rotation.Generation != first.Generation;
    }

    private static Task<RefreshAnswer> Ask(ISessionGrain session, SessionTokens tokens) =>
        session.Refresh(tokens.Generation, "192.0.2.7", CancellationToken.None);

    private SessionState Stored(SessionTokens tokens) =>
        Silo.Storage.Written<SessionState>(tokens.Session.Value);
}
