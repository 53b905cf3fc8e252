using System.Net;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Tests.Running;
using SessionAuth.Grains.Throttling;

namespace SessionAuth.Grains.Tests.Throttling;

/// <summary>What of the counts is in storage, and when.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class DurableThrottleTests(SharedSilo shared)
{
    private readonly ThrottleKey _key = ThrottleKey.Of(EmailKey.Of(People.NewAddress()));

    private RunningSilo Silo => shared.Silo;

    private ISignInThrottleGrain Address => Silo.Grains.SignInThrottle(_key);

    [Fact]
    public async Task A_try_is_counted_durably_before_it_is_let_through()
    {
        using HeldWrites held = Silo.Storage.Hold(_key.Value);
        Task<TimeSpan?> begun = Address.Begin();
        await held.Reached;
        Assert.False(begun.IsCompleted);

        held.Release();

        Assert.Null(await begun);
        Assert.InRange(Silo.Storage.Written<ThrottleState>(_key.Value).Failures, 1, 4);
    }

    [Fact]
    public async Task A_try_that_cannot_be_counted_is_not_let_through_and_counts_for_nobody()
    {
        using (Silo.Storage.Fail(_key.Value))
        {
            for (int i = 0; i < 20; i++)
                await Assert.ThrowsAnyAsync<Exception>(Address.Begin);
        }

        for (int i = 0; i < 10; i++)
            Assert.Null(await Address.Begin());
    }

    [Fact]
    public async Task Of_four_tries_one_is_a_write()
    {
        for (int i = 0; i < 8; i++)
            await Fail();

        Assert.Equal(2, Silo.Storage.Writes(_key.Value));
    }

    [Fact]
    public async Task Failures_count_when_the_grain_was_not_in_memory_and_no_more_than_there_were()
    {
        for (int i = 0; i < 9; i++)
            await Fail();
        await Forgotten();

        await Fail();

        Assert.NotNull(await Address.Begin());
    }

    [Fact]
    public async Task A_success_is_durable()
    {
        for (int i = 0; i < 9; i++)
            await Fail();
        Assert.Null(await Address.Begin());
        Assert.True(Silo.Storage.Has(_key.Value));
        await Address.Finish(TryOutcome.Succeeded);
        Assert.False(Silo.Storage.Has(_key.Value));
        await Forgotten();

        for (int i = 0; i < 10; i++)
            await Fail();
        Assert.NotNull(await Address.Begin());
    }

    [Fact]
    public async Task A_success_forgets_no_try_that_is_under_way()
    {
        for (int i = 0; i < 3; i++)
            Assert.Null(await Address.Begin());

        await Address.Finish(TryOutcome.Succeeded);

        Assert.Equal(2, Silo.Storage.Written<ThrottleState>(_key.Value).Failures);
        await Address.Finish(TryOutcome.NotLookedAt);
        await Forgotten();
        for (int i = 0; i < 9; i++)
            await Fail();
        Assert.NotNull(await Address.Begin());
    }

    [Fact]
    public async Task A_failure_that_a_known_device_let_through_is_durable()
    {
        for (int i = 0; i < 10; i++)
            await Address.CountFailure();
        await Forgotten();

        Assert.NotNull(await Address.Begin());
    }

    [Fact]
    public async Task A_hundred_failures_are_over_after_thirty_days_and_not_because_the_grain_left_memory()
    {
        for (int i = 0; i < 100; i++)
            await Address.CountFailure();
        await Forgotten();
        Silo.Clock.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await Address.Begin());

        Silo.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Address.Begin());
        await Address.Finish(TryOutcome.Failed);

        Assert.InRange(Silo.Storage.Written<ThrottleState>(_key.Value).Failures, 1, 4);
    }

    [Fact]
    public async Task Networks_are_not_stored()
    {
        ThrottleKey key = ThrottleKey.Of(IPAddress.Parse("203.0.113.200"));
        ISignInThrottleGrain network = Silo.Grains.SignInThrottle(key);
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(await network.Begin());
            await network.Finish(i % 2 == 0 ? TryOutcome.Failed : TryOutcome.Succeeded);
        }

        await network.CountFailure();
        await network.Clear();

        Assert.Equal(0, Silo.Storage.Writes(key.Value));
    }

    private async Task Fail()
    {
        Assert.Null(await Address.Begin());
        await Address.Finish(TryOutcome.Failed);
    }

    private Task Forgotten() => RunningSilo.Deactivate(Address);
}
