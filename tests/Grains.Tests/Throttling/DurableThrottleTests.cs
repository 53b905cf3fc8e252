using System.Net;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Throttling;

/// <summary>What of the counts is in storage, and when.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class DurableThrottleTests(SharedSilo shared)
{
    private readonly UserId _user = UserId.New(DateTimeOffset.UtcNow);

    private RunningSilo Silo => shared.Silo;

    private string Key => ThrottleKey.Of(SecretKind.Password, _user).Value;

    private IAccountThrottleGrain Account =>
        Silo.Grains.AccountThrottle(SecretKind.Password, _user);

    [Fact]
    public async Task A_try_is_counted_durably_before_it_is_let_through()
    {
        using HeldWrites held = Silo.Storage.Hold(Key);
        Task<TimeSpan?> begun = Account.Begin(null);
        await held.Reached;
        Assert.False(begun.IsCompleted);

        held.Release();

        Assert.Null(await begun);
        Assert.InRange(Silo.Storage.Written<AccountAttemptsState>(Key).Strangers.Failures, 1, 4);
    }

    [Fact]
    public async Task A_try_that_cannot_be_counted_is_not_let_through_and_counts_for_nobody()
    {
        using (Silo.Storage.Fail(Key))
        {
            for (int i = 0; i < 20; i++)
                await Assert.ThrowsAnyAsync<Exception>(() => Account.Begin(null));
        }

        for (int i = 0; i < 10; i++)
            Assert.Null(await Account.Begin(null));
    }

    [Fact]
    public async Task Of_four_tries_one_is_a_write()
    {
        for (int i = 0; i < 8; i++)
            await Fail();

        Assert.Equal(2, Silo.Storage.Writes(Key));
    }

    [Fact]
    public async Task Failures_count_when_the_grain_was_not_in_memory_and_no_more_than_there_were()
    {
        for (int i = 0; i < 9; i++)
            await Fail();
        await Forgotten();

        await Fail();

        Assert.NotNull(await Account.Begin(null));
    }

    [Fact]
    public async Task A_success_is_durable()
    {
        for (int i = 0; i < 9; i++)
            await Fail();
        Assert.Null(await Account.Begin(null));
        Assert.True(Silo.Storage.Has(Key));
        await Account.Finish(null, TryOutcome.Succeeded);
        Assert.False(Silo.Storage.Has(Key));
        await Forgotten();

        for (int i = 0; i < 10; i++)
            await Fail();
        Assert.NotNull(await Account.Begin(null));
    }

    [Fact]
    public async Task A_success_forgets_no_try_that_is_under_way()
    {
        for (int i = 0; i < 3; i++)
            Assert.Null(await Account.Begin(null));

        await Account.Finish(null, TryOutcome.Succeeded);

        Assert.Equal(2, Silo.Storage.Written<AccountAttemptsState>(Key).Strangers.Failures);
        await Account.Finish(null, TryOutcome.NotLookedAt);
        await Forgotten();
        for (int i = 0; i < 9; i++)
            await Fail();
        Assert.NotNull(await Account.Begin(null));
    }

    [Fact]
    public async Task Failures_on_a_known_device_are_durable_and_nobody_elses()
    {
        KnownDevice device = new(new("AAAAAAAAAAAAAAAAAAAAAA", Epoch: 1), Of: 1);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(await Account.Begin(device));
            await Account.Finish(device, TryOutcome.Failed);
        }

        await Forgotten();

        Assert.NotNull(await Account.Begin(device));
        Assert.Null(await Account.Begin(null));
    }

    [Fact]
    public async Task Eighty_failures_are_over_after_thirty_days_and_not_because_the_grain_left_memory()
    {
        for (int i = 0; i < 80; i++)
        {
            while (await Account.Begin(null) is { } wait)
                Silo.Clock.Advance(wait);
            await Account.Finish(null, TryOutcome.Failed);
        }

        await Forgotten();
        Silo.Clock.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await Account.Begin(null));

        Silo.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Account.Begin(null));
        await Account.Finish(null, TryOutcome.Failed);

        Assert.InRange(Silo.Storage.Written<AccountAttemptsState>(Key).Strangers.Failures, 1, 4);
    }

    [Fact]
    public async Task Networks_are_not_stored()
    {
        ClientNetwork client = ClientNetwork.Of(IPAddress.Parse("203.0.113.200"));
        ThrottleKey key = ThrottleKey.Of(client);
        INetworkThrottleGrain network = Silo.Grains.NetworkThrottle(key);
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(await network.Begin(client));
            await network.Finish(client, i % 2 == 0 ? TryOutcome.Failed : TryOutcome.Succeeded);
        }

        await network.CountFailure(client);

        Assert.Equal(0, Silo.Storage.Writes(key.Value));
    }

    [Fact]
    public async Task What_is_counted_of_addresses_that_nobody_owns_is_bounded_and_durable()
    {
        const int Share = 7;
        INobodyThrottleGrain nobody = Silo.Grains.NobodyThrottle(Share);
        string guessed = "guessed" + _user;
        for (int i = 0; i < 20; i++)
        {
            while (await nobody.Begin(guessed) is { } wait)
                Silo.Clock.Advance(wait);
            await nobody.Finish(guessed, TryOutcome.Failed);
        }

        for (int i = 0; i < 300; i++)
        {
            string other = $"{i}/{_user}";
            Assert.Null(await nobody.Begin(other));
            await nobody.Finish(other, TryOutcome.Failed);
        }

        await RunningSilo.Deactivate(nobody);

        Assert.NotNull(await nobody.Begin(guessed));
        string key = ThrottleKey.OfNobody(Share).Value;
        Assert.InRange(Silo.Storage.Written<NobodyAttemptsState>(key).Addresses.Count, 1, 64);
    }

    private async Task Fail()
    {
        Assert.Null(await Account.Begin(null));
        await Account.Finish(null, TryOutcome.Failed);
    }

    private Task Forgotten() => RunningSilo.Deactivate(Account);
}
