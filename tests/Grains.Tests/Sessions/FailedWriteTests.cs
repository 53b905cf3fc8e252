using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>A failed write leaves the state in memory unchanged.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class FailedWriteTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Session_whose_revocation_was_not_stored_is_live_and_can_be_revoked_again()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();

        using (Silo.Storage.Fail(tokens.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Revoke(session, tokens));

        Assert.Equal(SessionStanding.Live, await session.Check(tokens));
        Assert.Null((await session.Describe())!.EndedAt);
        Assert.True(await Revoke(session, tokens));
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
    }

    [Fact]
    public async Task Old_token_works_after_a_refresh_that_was_not_stored()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();

        using (Silo.Storage.Fail(first.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => session.Refresh(first.Generation));

        Assert.Equal(SessionStanding.Live, await session.Check(first));
        Silo.Clock.Advance(TimeSpan.FromDays(1));
        SessionTokens? second = await session.Refresh(first.Generation);
        Assert.Equal(first.Generation + 1, second!.Generation);
        Assert.Equal(
            second.Generation,
            Silo.Storage.Written<SessionState>(first.Session.Value).Rotation.Generation
        );
    }

    [Fact]
    public async Task Revocation_that_was_stored_although_it_failed_holds_when_it_is_repeated()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();

        using (Silo.Storage.LoseAnswers(tokens.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Revoke(session, tokens));
        await Eventually.Succeeds<Exception>(() => Revoke(session, tokens));

        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        Assert.Equal(SessionEndReason.RevokedByUser, (await session.Describe())!.EndReason);
    }

    [Fact]
    public async Task Refresh_that_was_stored_although_it_failed_revokes_nothing()
    {
        (ISessionGrain session, SessionTokens first) = await Silo.StartSession();

        using (Silo.Storage.LoseAnswers(first.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => session.Refresh(first.Generation));
        SessionTokens? second = null;
        await Eventually.Succeeds<Exception>(async () =>
            second = await session.Refresh(first.Generation)
        );

        Assert.Equal(first.Generation + 1, second!.Generation);
        Assert.Equal(SessionStanding.Live, await session.Check(second));
    }

    [Fact]
    public async Task Session_that_could_not_be_stored_does_not_exist()
    {
        SessionId id = SessionId.New();
        ISessionGrain session = Silo.Grains.Session(id);
        SessionStart start = new(People.NewUser(), People.Device, Persistent: true, People.Proof);

        using (Silo.Storage.Fail(id.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => session.Start(start));

        Assert.Equal(SessionStanding.Unknown, await session.Check(start.User, 1));
        Assert.Null(await session.Describe());
        Assert.Null(await session.Refresh(1));
    }

    private static Task<bool> Revoke(ISessionGrain session, SessionTokens tokens) =>
        session.Revoke(SessionEndReason.RevokedByUser, tokens.User);
}
