using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Leases;

/// <summary>Timeouts, and times of the rotation, of sessions that each of three front ends has a copy of.</summary>
[Collection(ThreeFrontEndsTests.Name)]
public sealed class LeasedTimeoutTests(ThreeFrontEnds three)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMinutes(2);

    [Fact(DisplayName = "S-18 Unused session ends at all front ends though each has a copy")]
    public async Task Unused_session_ends_at_all_front_ends_though_each_has_a_copy()
    {
        (ISessionGrain session, SessionTokens tokens) = await StartSession();
        await three.Copy(tokens);

        three.Clocks.Advance(ThreeFrontEnds.IdleTimeout);

        await AllAnswer(tokens, SessionStanding.Ended);
        Assert.Null(await session.Refresh(tokens.Generation));
        Assert.Equal(SessionEndReason.Expired, (await session.Describe())!.EndReason);
    }

    [Fact(
        DisplayName = "S-18 Uses that one front end answers from its copy keep the session alive at the others"
    )]
    public async Task Uses_that_one_front_end_answers_from_its_copy_keep_the_session_alive_at_the_others()
    {
        (ISessionGrain session, SessionTokens tokens) = await StartSession();
        await three.Copy(tokens);
        int before = three.FrontEnds[0].AnsweredFromCopies;

        for (int i = 0; i < 8; i++)
        {
            three.Clocks.Advance(s_minute);
            DateTimeOffset used = three.Clocks.GetUtcNow();
            // A use while the last one is being reported is reported with the next one.
            await Eventually.Holds(async () =>
            {
                Assert.Equal(SessionStanding.Live, await three.FrontEnds[0].Check(tokens));
                return (await session.Describe())!.LastSeenAt >= used;
            });
        }

        Assert.True(three.FrontEnds[0].AnsweredFromCopies >= before + 4);
        await AllAnswer(tokens, SessionStanding.Live);
        three.Clocks.Advance(ThreeFrontEnds.IdleTimeout);
        await AllAnswer(tokens, SessionStanding.Ended);
    }

    [Fact(
        DisplayName = "S-18 Used session ends at its absolute timeout at all front ends though each has a copy"
    )]
    public async Task Used_session_ends_at_its_absolute_timeout_at_all_front_ends_though_each_has_a_copy()
    {
        (ISessionGrain session, SessionTokens tokens) = await StartSession();
        DateTimeOffset end = (await session.Describe())!.CreatedAt + ThreeFrontEnds.AbsoluteTimeout;
        while (end - three.Clocks.GetUtcNow() > 2 * s_minute)
        {
            three.Clocks.Advance(s_minute);
            await AllAnswer(tokens, SessionStanding.Live);
        }
        SessionTokens newest = (await session.Refresh(tokens.Generation))!;
        await three.Copy(newest);

        three.Clocks.Advance(end - three.Clocks.GetUtcNow());

        await AllAnswer(newest, SessionStanding.Ended);
        Assert.Null(await session.Refresh(newest.Generation));
        Assert.Equal(end, (await session.Describe())!.EndedAt);
    }

    [Fact(
        DisplayName = "S-15 Token superseded for longer than the grace and two minutes revokes the session at all front ends though each has a copy"
    )]
    public async Task Token_superseded_for_longer_than_the_grace_and_two_minutes_revokes_the_session_at_all_front_ends_though_each_has_a_copy()
    {
        (ISessionGrain session, SessionTokens first) = await StartSession();
        await three.Copy(first);
        SessionTokens second = (await session.Refresh(first.Generation))!;
        // Confirmed at one front end, while the copies of the others are from before.
        Assert.Equal(SessionStanding.Live, await three.FrontEnds[1].Check(second));
        three.Clocks.Advance(s_grace);
        Assert.Equal(RefreshOutcome.Superseded, (await Present(session, first)).Outcome);
        await three.Copy(second);
        three.Clocks.Advance(s_longestDelay);
        await AllAnswer(second, SessionStanding.Live);

        Assert.Equal(RefreshOutcome.NotLive, (await Present(session, first)).Outcome);

        await AllAnswer(second, SessionStanding.Ended);
        Assert.Equal(SessionEndReason.RefreshTokenReuse, (await session.Describe())!.EndReason);
    }

    [Fact(
        DisplayName = "S-15 Previous token works while the newest was never used though each front end has a copy"
    )]
    public async Task Previous_token_works_while_the_newest_was_never_used_though_each_front_end_has_a_copy()
    {
        (ISessionGrain session, SessionTokens first) = await StartSession();
        await three.Copy(first);
        SessionTokens lost = (await session.Refresh(first.Generation))!;
        await three.Copy(first);
        three.Clocks.Advance(s_grace + s_longestDelay);
        await AllAnswer(first, SessionStanding.Live);

        SessionTokens? again = await session.Refresh(first.Generation);

        Assert.Equal(lost.Generation, again!.Generation);
        await AllAnswer(again, SessionStanding.Live);
    }

    private async Task AllAnswer(SessionTokens tokens, SessionStanding expected) =>
        Assert.All(await three.CheckAtAll(tokens), standing => Assert.Equal(expected, standing));

    private static Task<RefreshAnswer> Present(ISessionGrain session, SessionTokens tokens) =>
        session.Refresh(tokens.Generation, "192.0.2.7", CancellationToken.None);

    private async Task<(ISessionGrain Session, SessionTokens Tokens)> StartSession()
    {
        ISessionGrain session = three.Grains.Session(SessionId.New());
        return (
            session,
            await session.Start(
                new SessionStart(People.NewUser(), People.Device, Persistent: true, People.Proof)
            )
        );
    }
}
