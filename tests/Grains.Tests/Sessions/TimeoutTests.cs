using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

[Collection(SharedSiloTests.Name)]
public sealed class TimeoutTests(SharedSilo shared)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan AMoment = TimeSpan.FromMinutes(1);

    private RunningSilo Silo => shared.Silo;

    [Theory(DisplayName = "S-18 Unused session ends 30 days after its last use, or 24 hours")]
    [InlineData(true, 30)]
    [InlineData(false, 1)]
    public async Task Unused_session_ends_30_days_after_its_last_use_or_24_hours(
        bool persistent,
        int days
    )
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession(persistent);
        Silo.Clock.Advance(days * Day - AMoment);
        SessionStanding used = await session.Check(tokens);
        Silo.Clock.Advance(days * Day - AMoment);
        SessionStanding usedAgain = await session.Check(tokens);
        Silo.Clock.Advance(days * Day);

        Assert.Equal(SessionStanding.Live, used);
        Assert.Equal(SessionStanding.Live, usedAgain);
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        Assert.Null(await session.Refresh(tokens.Generation));
        SessionSnapshot ended = (await session.Describe())!;
        Assert.Equal(SessionEndReason.Expired, ended.EndReason);
        Assert.Equal(ended.LastSeenAt + (days * Day), ended.EndedAt);
    }

    [Fact(DisplayName = "S-18 No use and no refresh passes the absolute end")]
    public async Task No_use_and_no_refresh_passes_the_absolute_end()
    {
        (ISessionGrain session, SessionTokens start) = await Silo.StartSession();
        DateTimeOffset end = (await session.Describe())!.CreatedAt + (90 * Day);
        SessionTokens newest = start;
        for (int i = 0; i < 4; i++)
        {
            Silo.Clock.Advance(22 * Day);
            newest = (await session.Refresh(newest.Generation))!;
            await session.Check(newest);
        }

        Assert.Equal(end, newest.ExpiresAt);
        Silo.Clock.Advance(2 * Day);
        Assert.Null(await session.Refresh(newest.Generation));
        Assert.Equal(SessionStanding.Ended, await session.Check(newest));
        SessionSnapshot ended = (await session.Describe())!;
        Assert.Equal((end, SessionEndReason.Expired), (ended.EndedAt, ended.EndReason));
    }

    [Fact]
    public async Task Expired_session_cannot_be_ended_for_another_reason()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        Silo.Clock.Advance(30 * Day);

        bool known = await session.Revoke(SessionEndReason.RevokedByUser, tokens.User);

        Assert.True(known);
        Assert.Equal(SessionEndReason.Expired, (await session.Describe())!.EndReason);
    }

    [Fact]
    public async Task First_end_reason_is_kept()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        await session.Revoke(SessionEndReason.SignedInAgain, owner: null);
        SessionSnapshot first = (await session.Describe())!;

        Assert.True(await session.Revoke(SessionEndReason.RevokedByUser, tokens.User));

        SessionSnapshot second = (await session.Describe())!;
        Assert.Equal((first.EndedAt, first.EndReason), (second.EndedAt, second.EndReason));
    }

    [Fact]
    public async Task Ended_session_stays_ended_after_reactivation()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        await session.Revoke(SessionEndReason.SignedOut, owner: null);

        await RunningSilo.Deactivate(session);

        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        Assert.Null(await session.Refresh(tokens.Generation));
    }
}
