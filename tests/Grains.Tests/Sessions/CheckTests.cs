using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>A check answers from memory, whatever storage does.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class CheckTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task A_session_is_unknown_to_any_user_but_its_own()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();

        SessionStanding other = await session.Check(People.NewUser(), grant.Generation);

        Assert.Equal(SessionStanding.Unknown, other);
        Assert.Equal(SessionStanding.Live, await session.Check(grant));
    }

    [Fact]
    public async Task An_id_that_was_never_a_sessions_is_unknown()
    {
        ISessionGrain session = Silo.Grains.Session(SessionId.New());

        Assert.Equal(SessionStanding.Unknown, await session.Check(People.NewUser(), 1));
        Assert.False(await session.Revoke(SessionEndReason.SignedOut, owner: null));
        Assert.Null(await session.Refresh(1));
    }

    [Fact]
    public async Task A_check_waits_for_no_write()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(grant.Session.Value);
        Task<SessionGrant?> refresh = session.Refresh(grant.Generation);
        await held.Reached;

        SessionStanding standing = await session.Check(grant);

        Assert.Equal(SessionStanding.Live, standing);
        Assert.False(refresh.IsCompleted);
        held.Release();
        Assert.NotNull(await refresh);
    }

    [Fact]
    public async Task A_coarse_write_that_waits_holds_up_no_check()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(grant.Session.Value);
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));
        await session.Check(grant);
        await held.Reached;

        Assert.Equal(SessionStanding.Live, await session.Check(grant));
        Assert.NotNull(await session.Describe());
    }

    [Fact]
    public async Task A_check_starts_no_write_beside_one_under_way()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(grant.Session.Value);
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);
        await held.Reached;
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));

        await session.Check(grant);
        await session.Check(grant);

        held.Release();
        Assert.True(await revocation);
        await RunningSilo.Deactivate(session);
        Assert.Equal(SessionStanding.Ended, await session.Check(grant));
        Assert.Equal(2, Silo.Storage.Writes(grant.Session.Value));
    }

    [Fact]
    public async Task A_session_is_live_until_its_revocation_is_durable_and_never_again_after()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(grant.Session.Value);
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);
        await held.Reached;

        SessionStanding before = await session.Check(grant);
        held.Release();
        await revocation;
        SessionStanding after = await session.Check(grant);

        Assert.Equal(SessionStanding.Live, before);
        Assert.Equal(SessionStanding.Ended, after);
    }

    [Fact]
    public async Task A_revocation_that_fails_while_checks_look_on_was_never_seen_by_them()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(grant.Session.Value);
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);
        await held.Reached;
        SessionStanding during = await session.Check(grant);

        held.Break();
        await Assert.ThrowsAnyAsync<Exception>(() => revocation);

        Assert.Equal(SessionStanding.Live, during);
        Assert.Equal(SessionStanding.Live, await session.Check(grant));
    }

    [Fact]
    public async Task A_revocation_that_meets_a_coarse_write_under_way_waits_for_it_and_holds()
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(grant.Session.Value);
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));
        await session.Check(grant);
        await held.Reached;
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);

        held.Release();

        Assert.True(await revocation);
        Assert.Equal(SessionStanding.Ended, await session.Check(grant));
        await RunningSilo.Deactivate(session);
        Assert.Equal(SessionStanding.Ended, await session.Check(grant));
    }
}
