using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>A failed write leaves memory as it was.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class FailedWriteTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task A_session_whose_revocation_was_not_stored_is_live_and_can_be_revoked_again()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();

        using (Silo.Storage.Fail(grant.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Revoke(session, grant));

        Assert.Equal(SessionStanding.Live, await session.Check(grant));
        Assert.Null((await session.Describe())!.EndedAt);
        Assert.True(await Revoke(session, grant));
        Assert.Equal(SessionStanding.Ended, await session.Check(grant));
    }

    [Fact]
    public async Task The_old_token_is_good_after_a_refresh_that_was_not_stored()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();

        using (Silo.Storage.Fail(first.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => session.Refresh(first.Generation));

        Assert.Equal(SessionStanding.Live, await session.Check(first));
        Silo.Clock.Advance(TimeSpan.FromDays(1));
        SessionGrant? second = await session.Refresh(first.Generation);
        Assert.Equal(first.Generation + 1, second!.Generation);
        Assert.Equal(
            second.Generation,
            Silo.Storage.Written<SessionState>(first.Session.Value).Rotation.Generation
        );
    }

    [Fact]
    public async Task A_revocation_that_was_stored_although_it_failed_holds_once_it_was_repeated()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();

        using (Silo.Storage.LoseAnswers(grant.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Revoke(session, grant));
        await Eventually.Holds(() => Succeeds(() => Revoke(session, grant)));

        Assert.Equal(SessionStanding.Ended, await session.Check(grant));
        Assert.Equal(SessionEndReason.RevokedByUser, (await session.Describe())!.EndReason);
    }

    [Fact]
    public async Task A_refresh_that_was_stored_although_it_failed_signs_nobody_out()
    {
        (ISessionGrain session, SessionGrant first) = await Silo.StartSession();

        using (Silo.Storage.LoseAnswers(first.Session.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => session.Refresh(first.Generation));
        SessionGrant? second = null;
        await Eventually.Holds(() =>
            Succeeds(async () => second = await session.Refresh(first.Generation))
        );

        Assert.Equal(first.Generation + 1, second!.Generation);
        Assert.Equal(SessionStanding.Live, await session.Check(second));
    }

    [Fact]
    public async Task A_session_that_could_not_be_stored_does_not_exist()
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

    private static Task<bool> Revoke(ISessionGrain session, SessionGrant grant) =>
        session.Revoke(SessionEndReason.RevokedByUser, grant.User);

    private static async Task<bool> Succeeds(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return false;
        }
    }
}
