using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>A check answers from memory, whether storage works or not.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class CheckTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Session_is_unknown_to_other_users()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();

        SessionStanding other = await session.Check(People.NewUser(), tokens.Generation);

        Assert.Equal(SessionStanding.Unknown, other);
        Assert.Equal(SessionStanding.Live, await session.Check(tokens));
    }

    [Fact]
    public async Task Session_that_never_existed_is_unknown()
    {
        ISessionGrain session = Silo.Grains.Session(SessionId.New());

        Assert.Equal(SessionStanding.Unknown, await session.Check(People.NewUser(), 1));
        Assert.False(await session.Revoke(SessionEndReason.SignedOut, owner: null));
        Assert.Null(await session.Refresh(1));
    }

    [Fact]
    public async Task Check_does_not_wait_for_a_write()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(tokens.Session.Value);
        Task<SessionTokens?> refresh = session.Refresh(tokens.Generation);
        await held.Reached;

        SessionStanding standing = await session.Check(tokens);

        Assert.Equal(SessionStanding.Live, standing);
        Assert.False(refresh.IsCompleted);
        held.Release();
        Assert.NotNull(await refresh);
    }

    [Fact]
    public async Task Check_does_not_wait_for_a_write_behind()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(tokens.Session.Value);
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));
        await session.Check(tokens);
        await held.Reached;

        Assert.Equal(SessionStanding.Live, await session.Check(tokens));
        Assert.NotNull(await session.Describe());
    }

    [Fact]
    public async Task Check_starts_no_second_write_while_one_is_under_way()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(tokens.Session.Value);
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);
        await held.Reached;
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));

        await session.Check(tokens);
        await session.Check(tokens);

        held.Release();
        Assert.True(await revocation);
        await RunningSilo.Deactivate(session);
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        Assert.Equal(2, Silo.Storage.Writes(tokens.Session.Value));
    }

    [Fact]
    public async Task Session_is_live_until_its_revocation_is_stored_and_ended_afterwards()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(tokens.Session.Value);
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);
        await held.Reached;

        SessionStanding before = await session.Check(tokens);
        held.Release();
        await revocation;
        SessionStanding after = await session.Check(tokens);

        Assert.Equal(SessionStanding.Live, before);
        Assert.Equal(SessionStanding.Ended, after);
    }

    [Fact]
    public async Task Checks_during_a_failing_revocation_answer_live()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(tokens.Session.Value);
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);
        await held.Reached;
        SessionStanding during = await session.Check(tokens);

        held.Break();
        await Assert.ThrowsAnyAsync<Exception>(() => revocation);

        Assert.Equal(SessionStanding.Live, during);
        Assert.Equal(SessionStanding.Live, await session.Check(tokens));
    }

    [Fact]
    public async Task Revocation_waits_for_a_write_behind_under_way_and_then_succeeds()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        using HeldWrites held = Silo.Storage.Hold(tokens.Session.Value);
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));
        await session.Check(tokens);
        await held.Reached;
        Task<bool> revocation = session.Revoke(SessionEndReason.SignedOut, owner: null);

        held.Release();

        Assert.True(await revocation);
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        await RunningSilo.Deactivate(session);
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
    }
}
