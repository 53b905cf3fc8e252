using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Leases;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Leases;

/// <summary>Copies of a session's standing, and how a change makes them void.</summary>
public sealed class RecallTests : IAsyncLifetime
{
    // Long enough for a test, where a lease must not pass; tests in which it has to pass wait for a short one.
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);

    private readonly List<ControlledHolder> _holders = [];
    private RunningSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await Start(s_long);

    // A silo that stops waits for the leases that it has granted.
    public async Task DisposeAsync()
    {
        foreach (ControlledHolder holder in _holders)
            await holder.Silo.GiveBack(holder.Id);
        await _silo.DisposeAsync();
    }

    [Fact]
    public async Task Holder_with_a_lease_is_given_a_copy_of_the_standing()
    {
        (_, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);

        LeasedCheck check = await holder.Check(tokens);

        Assert.Equal(SessionStanding.Live, check.Standing);
        Assert.Equal(tokens.User, check.Copy!.User);
        Assert.Equal([tokens.Generation], check.Copy.Delivered);
        Assert.Null(check.LeaseFrom);
    }

    [Fact]
    public async Task Refused_check_brings_no_copy()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        await session.Revoke(SessionEndReason.SignedOut, tokens.User);

        LeasedCheck check = await holder.Check(tokens);

        Assert.Equal(SessionStanding.Ended, check.Standing);
        Assert.Null(check.Copy);
    }

    [Fact]
    public async Task Revocation_is_neither_visible_nor_answered_before_the_holder_has_dropped_its_copy()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        LeasedCheck before = await holder.Check(tokens);
        holder.Hang();

        Task<bool> revoking = session.Revoke(SessionEndReason.SignedOut, tokens.User);
        await holder.Recalled;
        LeasedCheck meanwhile = await holder.Check(tokens);

        Assert.False(revoking.IsCompleted);
        Assert.Equal(SessionStanding.Live, meanwhile.Standing);
        Assert.Null(meanwhile.Copy);
        holder.Answer();
        Assert.True(await revoking);
        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        Assert.True(holder.Recalls[0].Below > before.Copy!.Version);
    }

    [Fact]
    public async Task Second_revocation_of_a_session_waits_for_the_first()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        await holder.Check(tokens);
        holder.Hang();

        Task<bool> first = session.Revoke(SessionEndReason.SignedOut, tokens.User);
        await holder.Recalled;
        Task<bool> second = session.Revoke(SessionEndReason.SessionLimit, tokens.User);
        await holder.Check(tokens);

        Assert.False(second.IsCompleted);
        holder.Answer();
        Assert.True(await first);
        Assert.True(await second);
    }

    [Fact]
    public async Task Step_up_recalls_copies()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        await holder.Check(tokens);

        SessionTokens? proved = await session.Prove(tokens.User, People.Proof);

        Assert.Single(holder.Recalls);
        Assert.Equal(SessionStanding.BeforeStepUp, (await holder.Check(tokens)).Standing);
        Assert.NotNull((await holder.Check(proved!)).Copy);
    }

    [Fact]
    public async Task Refresh_recalls_nothing()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        await holder.Check(tokens);
        _silo.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull(await session.Refresh(tokens.Generation));

        Assert.Empty(holder.Recalls);
    }

    [Fact]
    public async Task Session_that_leaves_memory_recalls_its_copies_first()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        LeasedCheck before = await holder.Check(tokens);

        await RunningSilo.Deactivate(session);
        await holder.Recalled;

        LeasedCheck after = await holder.Check(tokens);
        Assert.True(holder.Recalls[0].Below > before.Copy!.Version);
        Assert.True(after.Copy!.Version > holder.Recalls[0].Below);
    }

    [Fact]
    public async Task Revocation_whose_write_fails_leaves_the_session_live_and_its_copies_void()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        LeasedCheck before = await holder.Check(tokens);
        using (HeldWrites writes = _silo.Storage.Hold(tokens.Session.Value))
        {
            Task<bool> revoking = session.Revoke(SessionEndReason.SignedOut, tokens.User);
            await writes.Reached;
            writes.Break();
            await Assert.ThrowsAnyAsync<Exception>(() => revoking);
        }

        LeasedCheck after = await holder.Check(tokens);

        Assert.Equal(SessionStanding.Live, after.Standing);
        Assert.True(after.Copy!.Version > before.Copy!.Version);
    }

    [Fact]
    public async Task Revocation_waits_no_longer_than_the_lease_of_a_holder_that_hangs()
    {
        await using RunningSilo silo = await Start(TimeSpan.FromSeconds(1));
        (ISessionGrain session, SessionTokens tokens) = await silo.StartSession();
        ControlledHolder holder = await ControlledHolder.WithLease(silo, tokens);
        Assert.NotNull((await holder.Check(tokens)).Copy);
        holder.Hang();

        Assert.True(await session.Revoke(SessionEndReason.SignedOut, tokens.User));

        Assert.Equal(SessionStanding.Ended, await session.Check(tokens));
        // The silo would wait for it when it stops.
        holder.Answer();
    }

    [Fact]
    public async Task Renewal_brings_the_recalls_that_were_not_answered()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        await holder.Check(tokens);
        holder.Hang();
        Task<bool> revoking = session.Revoke(SessionEndReason.SignedOut, tokens.User);
        await holder.Recalled;

        LeaseGrant? renewed = await holder.Renew();

        Assert.Equal(tokens.Session, Assert.Single(renewed!.Recalls).Session);
        holder.Answer();
        await revoking;
        Assert.Empty((await holder.Renew())!.Recalls);
    }

    [Fact]
    public async Task Lease_that_was_given_back_is_not_waited_for()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        await holder.Check(tokens);
        holder.Hang();

        Task<bool> revoking = session.Revoke(SessionEndReason.SignedOut, tokens.User);
        await holder.Recalled;
        await holder.Silo.GiveBack(holder.Id);

        Assert.True(await revoking);
    }

    [Fact]
    public async Task Confirmation_whose_write_failed_is_saved_later_though_checks_are_answered_from_copies()
    {
        await using RunningSilo silo = await RunningSilo.Start(services =>
            services.Configure<SessionOptions>(options =>
                options.CoarseWriteInterval = TimeSpan.FromMilliseconds(200)
            )
        );
        (ISessionGrain session, SessionTokens first) = await silo.StartSession();
        ControlledHolder holder = await ControlledHolder.WithLease(silo, first);
        SessionTokens second = (await session.Refresh(first.Generation))!;
        int writes = silo.Storage.Writes(first.Session.Value);
        HeldWrites held = silo.Storage.Hold(first.Session.Value);

        await holder.Check(second);
        await held.Reached;
        held.Break();

        await Eventually.Holds(() => silo.Storage.Writes(first.Session.Value) > writes);
        await holder.Silo.GiveBack(holder.Id);
    }

    [Fact]
    public async Task Silo_without_leases_gives_no_copies()
    {
        await using RunningSilo silo = await RunningSilo.Start(services =>
            services.Configure<LeaseOptions>(options => options.Use = LeaseUse.Off)
        );
        (_, SessionTokens tokens) = await silo.StartSession();

        LeasedCheck check = await silo
            .Grains.Session(tokens.Session)
            .CheckFor(tokens.User, tokens.Generation, new(Guid.NewGuid()));

        Assert.Equal(new LeasedCheck(SessionStanding.Live), check);
    }

    private async Task<ControlledHolder> Hold(SessionTokens tokens)
    {
        ControlledHolder holder = await ControlledHolder.WithLease(_silo, tokens);
        _holders.Add(holder);
        return holder;
    }

    private static Task<RunningSilo> Start(TimeSpan lease) =>
        RunningSilo.Start(services =>
            services.Configure<LeaseOptions>(options => options.Length = lease)
        );
}
