using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>Step-ups and changed credentials also make new generations, and their answers can be lost.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class LostStepUpTests(SharedSilo shared)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Two_lost_step_ups_in_a_row_do_not_revoke_the_session()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        await session.Check(first);
        await StepUp(session, first);
        Silo.Clock.Advance(Grace);
        await StepUp(session, first);
        Silo.Clock.Advance(TimeSpan.FromHours(1));

        SessionTokens? again = await session.Refresh(first.Generation);

        Assert.NotNull(again);
        Assert.Equal(SessionStanding.Live, await session.Check(again));
    }

    [Fact]
    public async Task Lost_answer_with_two_new_generations_does_not_revoke_the_session()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        await session.Check(first);
        // With an expired access token a request refreshes first, and its answer carries the last tokens only.
        await session.Refresh(first.Generation);
        await StepUp(session, first);
        Silo.Clock.Advance(Grace);

        SessionTokens? again = await session.Refresh(first.Generation);

        Assert.Equal(first.Generation + 2, again?.Generation);
    }

    [Fact]
    public async Task Twenty_lost_step_ups_in_a_row_do_not_revoke_the_session()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        await session.Check(first);
        for (int i = 0; i < 20; i++)
        {
            await session.Refresh(first.Generation);
            await StepUp(session, first);
            Silo.Clock.Advance(Grace);
        }

        Assert.NotNull(await session.Refresh(first.Generation));
    }

    [Fact]
    public async Task Parallel_request_does_not_remove_the_proof_of_a_step_up()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        await session.Check(first);
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        SessionTokens proved = await StepUp(session, first);

        await session.Refresh(first.Generation);
        Silo.Clock.Advance(Grace - TimeSpan.FromSeconds(5));
        await session.Refresh(first.Generation);

        SessionSnapshot seen = (await session.Describe())!;
        Assert.Equal(SessionStanding.Live, await session.Check(proved));
        Assert.NotNull(seen.AuthenticatedAt);
        Assert.InRange(seen.LastSeenAt - seen.AuthenticatedAt.Value, TimeSpan.Zero, Grace);
    }

    [Fact(DisplayName = "S-36 Token from before a step-up never gets its proof")]
    public async Task Token_from_before_a_step_up_never_gets_its_proof()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();
        await session.Check(first);
        SessionTokens proved = await StepUp(session, first);
        SessionTokens? atOnce = await session.Refresh(first.Generation);
        Silo.Clock.Advance(Grace);

        SessionTokens? later = await session.Refresh(first.Generation);

        Assert.Null(atOnce);
        Assert.Equal(proved.Generation, later?.Generation);
        Assert.Null((await session.Describe())!.AuthenticatedAt);
    }

    private static async Task<SessionTokens> StepUp(ISessionGrain session, SessionTokens tokens) =>
        (await session.Prove(tokens.User, People.Proof))!;
}
