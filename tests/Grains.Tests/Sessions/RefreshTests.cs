using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

[Collection(SharedSiloTests.Name)]
public sealed class RefreshTests(SharedSilo shared)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeldUp = TimeSpan.FromMinutes(2);

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task The_first_refresh_rotates_although_the_sign_in_was_just_now()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();

        SessionGrant? second = await session.Refresh(first.Generation);

        Assert.Equal(first.Generation + 1, second!.Generation);
    }

    [Fact]
    public async Task The_newest_token_within_the_grace_brings_the_same_generation_without_a_write()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        int writes = Silo.Storage.Writes(first.Session.Value);

        SessionGrant? again = await session.Refresh(second.Generation);

        Assert.Equal(second.Generation, again!.Generation);
        Assert.Equal(writes, Silo.Storage.Writes(first.Session.Value));
    }

    [Fact]
    public async Task The_newest_token_after_the_grace_brings_the_next_generation_durably()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        Silo.Clock.Advance(Grace);

        SessionGrant? third = await session.Refresh(second.Generation);

        Assert.Equal(second.Generation + 1, third!.Generation);
        Assert.Equal(third.Generation, Stored(first).Rotation.Generation);
    }

    [Fact]
    public async Task The_token_before_the_newest_is_good_a_month_later_while_nothing_of_the_newest_came_back()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant lost = (await session.Refresh(first.Generation))!;
        Silo.Clock.Advance(TimeSpan.FromDays(29));

        SessionGrant? again = await session.Refresh(first.Generation);

        Assert.Equal(lost.Generation, again!.Generation);
    }

    [Fact]
    public async Task The_token_before_the_newest_is_good_within_the_grace_of_the_confirmation()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        await session.Check(second);

        SessionGrant? again = await session.Refresh(first.Generation);

        Assert.Equal(second.Generation, again!.Generation);
    }

    [Fact(
        DisplayName = "S-15 A token that was superseded is refused for two minutes after the grace, and changes nothing"
    )]
    public async Task A_superseded_token_is_held_up_for_two_minutes_after_the_grace()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        await session.Check(second);
        Silo.Clock.Advance(Grace);
        RefreshAnswer early = await Ask(session, first);
        Silo.Clock.Advance(HeldUp - TimeSpan.FromSeconds(5));
        RefreshAnswer late = await Ask(session, first);

        Assert.Equal(RefreshOutcome.HeldUp, early.Outcome);
        Assert.Equal(RefreshOutcome.HeldUp, late.Outcome);
        Assert.Equal(SessionStanding.Live, await session.Check(second));
    }

    [Fact(
        DisplayName = "S-15 A token that was superseded longer ago than the grace and two minutes revokes"
    )]
    public async Task A_token_superseded_long_ago_revokes()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        await session.Check(second);
        Silo.Clock.Advance(Grace + HeldUp);

        RefreshAnswer copy = await Ask(session, first);

        Assert.Equal(RefreshOutcome.NotLive, copy.Outcome);
        Assert.Equal(SessionStanding.Ended, await session.Check(second));
        Assert.Null(await session.Refresh(second.Generation));
        SessionSnapshot? ended = await session.Describe();
        Assert.Equal(SessionEndReason.RefreshTokenReuse, ended!.EndReason);
    }

    [Fact]
    public async Task A_refresh_with_the_newest_token_confirms_it_as_a_check_does()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        await session.Refresh(second.Generation);
        Silo.Clock.Advance(Grace + HeldUp);

        Assert.Null(await session.Refresh(first.Generation));
    }

    [Fact]
    public async Task A_check_with_an_older_access_token_confirms_nothing()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        SessionStanding old = await session.Check(first);
        Silo.Clock.Advance(Grace + HeldUp);

        SessionGrant? again = await session.Refresh(first.Generation);

        Assert.Equal(SessionStanding.Live, old);
        Assert.Equal(second.Generation, again!.Generation);
    }

    [Fact]
    public async Task A_token_two_generations_old_is_good_within_the_grace_and_revokes_after_two_minutes_more()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        SessionGrant second = (await session.Refresh(first.Generation))!;
        Silo.Clock.Advance(Grace);
        SessionGrant third = (await session.Refresh(second.Generation))!;

        SessionGrant? again = await session.Refresh(first.Generation);
        Assert.Equal(third.Generation, again?.Generation);
        Silo.Clock.Advance(Grace + HeldUp);
        Assert.Null(await session.Refresh(first.Generation));
        Assert.Equal(SessionStanding.Ended, await session.Check(second));
    }

    [Fact]
    public async Task A_token_ahead_of_storage_is_taken_for_the_newest_and_rotated_from()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();

        SessionGrant? restored = await session.Refresh(first.Generation + 6);

        Assert.Equal(first.Generation + 7, restored!.Generation);
        Assert.Equal(SessionStanding.Live, await session.Check(restored));
    }

    [Fact(DisplayName = "S-16 A thousand refreshes of one token at once have one successor")]
    public async Task A_thousand_refreshes_of_one_token_at_once_have_one_successor()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();

        SessionGrant?[] grants = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(_ => session.Refresh(first.Generation))
        );

        Assert.All(grants, grant => Assert.Equal(first.Generation + 1, grant?.Generation));
        Assert.Equal(2, Silo.Storage.Writes(first.Session.Value));
    }

    [Fact]
    public async Task A_refresh_whose_client_has_gone_is_not_carried_out()
    {
        // The news that the client has gone takes a way of its own, and may come too late now and then.
        const int Rounds = 20;
        int carriedOut = 0;
        for (int i = 0; i < Rounds; i++)
            carriedOut += await RefreshesForNobody() ? 1 : 0;

        Assert.InRange(carriedOut, 0, Rounds / 2);
    }

    private async Task<bool> RefreshesForNobody()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();
        using HeldWrites coarse = Silo.Storage.Hold(first.Session.Value);
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));
        await session.Check(first);
        await coarse.Reached;
        using CancellationTokenSource client = new();
        Task<RefreshAnswer> waiting = session.Refresh(first.Generation, "192.0.2.7", client.Token);
        // Interleaves, once the refresh has begun.
        await session.Describe();
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await session.Describe();

        coarse.Release();
        // Changes nothing, and comes after the refresh.
        await session.Revoke(SessionEndReason.SignedOut, People.NewUser());
        return Stored(first).Rotation.Generation != first.Generation;
    }

    private static Task<RefreshAnswer> Ask(ISessionGrain session, SessionGrant grant) =>
        session.Refresh(grant.Generation, "192.0.2.7", CancellationToken.None);

    private SessionState Stored(SessionGrant grant) =>
        Silo.Storage.Written<SessionState>(grant.Session.Value);
}
