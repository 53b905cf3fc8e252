using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

public sealed class SessionLimitTests : IAsyncLifetime
{
    private RunningSilo _silo = null!;

    public async Task InitializeAsync() =>
        _silo = await RunningSilo.Start(services =>
            services.Configure<SessionOptions>(options => options.MaxSessionsPerUser = 3)
        );

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact(
        DisplayName = "S-22 Session extra the limit ends the earliest created before the sign-in is answered"
    )]
    public async Task Session_beyond_the_limit_ends_the_earliest_created_before_the_sign_in_is_answered()
    {
        (IUserGrain user, SessionTokens first) = await _silo.Register();
        SessionTokens second = await user.SignsIn();
        await user.SignsIn();
        await Session(first).Check(first);

        await user.SignsIn();

        Assert.Equal(SessionStanding.Ended, await Session(first).Check(first));
        Assert.Equal(SessionStanding.Live, await Session(second).Check(second));
        Assert.Equal(SessionEndReason.SessionLimit, (await Session(first).Describe())!.EndReason);
    }

    [Fact]
    public async Task Ended_sessions_do_not_count_towards_the_limit()
    {
        (IUserGrain user, SessionTokens first) = await _silo.Register();
        SessionTokens second = await user.SignsIn();
        SessionTokens third = await user.SignsIn();
        await Session(second).Revoke(SessionEndReason.SignedOut, owner: null);

        await user.SignsIn();

        Assert.Equal(SessionStanding.Live, await Session(first).Check(first));
        Assert.Equal(SessionStanding.Live, await Session(third).Check(third));
    }

    [Fact]
    public async Task Replaced_session_makes_room_for_its_successor()
    {
        (IUserGrain user, SessionTokens first) = await _silo.Register();
        SessionTokens second = await user.SignsIn();
        SessionTokens third = await user.SignsIn();

        SessionTokens fourth = await user.SignsIn(replaces: third.Session);

        Assert.Equal(SessionStanding.Live, await Session(fourth).Check(fourth));
        Assert.Equal(SessionStanding.Live, await Session(first).Check(first));
        Assert.Equal(SessionStanding.Live, await Session(second).Check(second));
        Assert.Equal(SessionEndReason.SignedInAgain, (await Session(third).Describe())!.EndReason);
    }

    [Fact]
    public async Task Parallel_sign_ins_stay_within_the_limit()
    {
        (IUserGrain user, _) = await _silo.Register();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => user.SignsIn()));

        Assert.Equal(3, (await user.ListSessions()).Live.Count);
    }

    [Fact]
    public async Task Sign_in_that_cannot_make_room_succeeds_and_leaves_that_to_the_next()
    {
        (IUserGrain ada, SessionTokens earliest) = await _silo.Register();
        await ada.SignsIn();
        await ada.SignsIn();

        using (_silo.Storage.Fail(earliest.Session.Value))
        {
            SessionTokens extra = await ada.SignsIn();
            Assert.Equal(SessionStanding.Live, await Session(extra).Check(extra));
        }

        await ada.SignsIn();

        Assert.Equal(SessionStanding.Ended, await Session(earliest).Check(earliest));
        Assert.Equal(3, (await ada.ListSessions()).Live.Count);
    }

    private ISessionGrain Session(SessionTokens tokens) => _silo.Grains.Session(tokens.Session);
}
