using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>A wrong clock that is corrected: sessions that have ended stay ended.</summary>
public sealed class ClockSetBackTests : IAsyncLifetime
{
    private static readonly TimeSpan AYear = TimeSpan.FromDays(365);

    private RunningSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await RunningSilo.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Theory(DisplayName = "S-19 Session that seems expired can still be revoked for good")]
    [InlineData(SessionEndReason.RevokedByUser)]
    [InlineData(SessionEndReason.SignedOut)]
    public async Task Session_that_seems_expired_can_still_be_revoked_for_good(
        SessionEndReason reason
    )
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        _silo.Clock.Advance(AYear);
        UserId? owner = reason == SessionEndReason.SignedOut ? null : tokens.User;
        Assert.True(await session.Revoke(reason, owner));

        _silo.Clock.Advance(-AYear);

        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        Assert.Null(await session.Refresh(tokens.Generation));
        await RunningSilo.Deactivate(session);
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
    }

    [Fact]
    public async Task Session_that_only_seemed_expired_is_live_after_the_clock_is_corrected()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        _silo.Clock.Advance(AYear);
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));

        _silo.Clock.Advance(-AYear);

        Assert.Equal(SessionStanding.Live, await session.Check(tokens));
    }

    [Fact]
    public async Task Session_that_was_removed_from_the_list_as_expired_stays_ended()
    {
        (IUserGrain user, SessionTokens tokens) = await _silo.Register();
        _silo.Clock.Advance(AYear);
        SessionList list = await user.ListSessions();
        Assert.Empty(list.Live);
        Assert.Equal(SessionEndReason.Expired, Assert.Single(list.Ended).EndReason);

        _silo.Clock.Advance(-AYear);

        Assert.Equal(SessionStanding.Ended, await Session(tokens).Check(tokens));
    }

    [Fact]
    public async Task Session_whose_expiry_could_not_be_stored_stays_listed()
    {
        (IUserGrain user, SessionTokens tokens) = await _silo.Register();
        _silo.Clock.Advance(AYear);
        using (_silo.Storage.Fail(tokens.Session.Value))
            Assert.Empty((await user.ListSessions()).Live);

        _silo.Clock.Advance(-AYear);

        Assert.Equal(tokens.Session, Assert.Single((await user.ListSessions()).Live).Id);
        Assert.Equal(SessionStanding.Live, await Session(tokens).Check(tokens));
    }

    private ISessionGrain Session(SessionTokens tokens) => _silo.Grains.Session(tokens.Session);
}
