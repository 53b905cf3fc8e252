using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>A sign-in ends the session that the browser had, once the browser uses the new one.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class ReplacedTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact(DisplayName = "S-14 Sign-in whose answer is lost ends nothing")]
    public async Task Sign_in_whose_answer_is_lost_ends_nothing()
    {
        (IUserGrain user, SessionTokens old) = await Silo.Register();
        await user.SignsIn(replaces: old.Session);

        Assert.Equal(SessionStanding.Live, await Session(old).Check(old));
        Assert.NotNull(await Session(old).Refresh(old.Generation));
    }

    [Theory(DisplayName = "S-14 First use of the new session ends the one that it replaces")]
    [InlineData("check")]
    [InlineData("refresh")]
    [InlineData("sign-out")]
    public async Task First_use_of_the_new_session_ends_the_one_that_it_replaces(string use)
    {
        (IUserGrain user, SessionTokens old) = await Silo.Register();
        SessionTokens next = await user.SignsIn(replaces: old.Session);

        await (
            use switch
            {
                "check" => Session(next).Check(next),
                "refresh" => Session(next).Refresh(next.Generation),
                _ => (Task)Session(next).Revoke(SessionEndReason.SignedOut, owner: null),
            }
        );

        Assert.Equal(SessionStanding.Ended, await Session(old).Check(old));
        Assert.Equal(SessionEndReason.SignedInAgain, (await Session(old).Describe())!.EndReason);
    }

    [Fact]
    public async Task Ending_the_new_session_from_another_device_does_not_end_the_one_that_it_replaces()
    {
        (IUserGrain user, SessionTokens old) = await Silo.Register();
        SessionTokens next = await user.SignsIn(replaces: old.Session);

        await Session(next).Revoke(SessionEndReason.RevokedByUser, next.User);

        Assert.Equal(SessionStanding.Live, await Session(old).Check(old));
    }

    [Fact]
    public async Task Unused_sign_ins_end_together_with_the_replaced_session()
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();
        SessionTokens second = await user.SignsIn(replaces: first.Session);
        SessionTokens third = await user.SignsIn(replaces: second.Session);

        SessionStanding[] standings = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Session(third).Check(third))
        );

        Assert.All(standings, standing => Assert.Equal(SessionStanding.Live, standing));
        Assert.Equal(SessionStanding.Ended, await Session(second).Check(second));
        Assert.Equal(SessionStanding.Ended, await Session(first).Check(first));
    }

    [Fact]
    public async Task Sessions_that_replace_one_another_can_be_used_in_parallel_without_a_deadlock()
    {
        (IUserGrain user, SessionTokens newest) = await Silo.Register();
        List<SessionTokens> all = [newest];
        for (int i = 0; i < 10; i++)
            all.Add(newest = await user.SignsIn(replaces: newest.Session));

        await Task.WhenAll(all.Select(tokens => Session(tokens).Check(tokens)))
            .WaitAsync(TimeSpan.FromSeconds(20));

        foreach (SessionTokens replaced in all.SkipLast(1))
            Assert.Equal(SessionStanding.Ended, await Session(replaced).Check(replaced));
        Assert.Equal(SessionStanding.Live, await Session(newest).Check(newest));
    }

    [Fact]
    public async Task Replaced_session_that_cannot_be_ended_now_does_not_block_the_new_one_and_ends_later()
    {
        (IUserGrain user, SessionTokens old) = await Silo.Register();
        SessionTokens next = await user.SignsIn(replaces: old.Session);
        using HeldWrites held = Silo.Storage.Hold(old.Session.Value);

        SessionStanding first = await Session(next).Check(next).WaitAsync(TimeSpan.FromSeconds(10));
        await held.Reached;
        SessionStanding again = await Session(next).Check(next).WaitAsync(TimeSpan.FromSeconds(1));
        held.Break();

        Assert.Equal((SessionStanding.Live, SessionStanding.Live), (first, again));
        await Eventually.Holds(async () => await Session(old).Check(old) == SessionStanding.Ended);
    }

    [Fact]
    public async Task Next_use_after_a_crash_ends_the_replaced_session()
    {
        (IUserGrain user, SessionTokens old) = await Silo.Register();
        SessionTokens next = await user.SignsIn(replaces: old.Session);
        using (Silo.Storage.Fail(old.Session.Value))
            await Session(next).Check(next);
        await RunningSilo.Deactivate(Session(next));
        SessionState stored = Silo.Storage.Written<SessionState>(next.Session.Value);

        await Session(next).Check(next);

        Assert.Equal([old.Session.Value], stored.Replaces);
        Assert.Equal(SessionStanding.Ended, await Session(old).Check(old));
    }

    [Fact]
    public async Task Replaced_session_is_forgotten_once_it_has_ended()
    {
        (IUserGrain user, SessionTokens old) = await Silo.Register();
        SessionTokens next = await user.SignsIn(replaces: old.Session);
        await Session(next).Check(next);

        await Session(next).Refresh(next.Generation);

        Assert.Empty(Silo.Storage.Written<SessionState>(next.Session.Value).Replaces);
    }

    private ISessionGrain Session(SessionTokens tokens) => Silo.Grains.Session(tokens.Session);
}
