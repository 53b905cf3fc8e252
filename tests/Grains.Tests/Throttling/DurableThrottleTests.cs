using System.Net;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Throttling;

/// <summary>Which failure counts are stored, and when.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class DurableThrottleTests(SharedSilo shared)
{
    private readonly UserId _user = UserId.New(DateTimeOffset.UtcNow);

    private RunningSilo Silo => shared.Silo;

    private string Key => ThrottleKey.Of(SecretKind.Password, _user).Value;

    private IAccountThrottleGrain Account =>
        Silo.Grains.AccountThrottle(SecretKind.Password, _user);

    [Fact]
    public async Task Attempt_is_counted_durably_before_it_is_evaluated()
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
    public async Task Attempt_that_cannot_be_counted_is_not_evaluated_and_counts_for_no_one()
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
    public async Task One_attempt_in_four_is_written()
    {
        for (int i = 0; i < 8; i++)
            await Fail();

        Assert.Equal(2, Silo.Storage.Writes(Key));
    }

    [Fact]
    public async Task Failures_are_counted_exactly_after_the_grain_was_deactivated()
    {
        for (int i = 0; i < 9; i++)
            await Fail();
        await Deactivated();

        await Fail();

        Assert.NotNull(await Account.Begin(null));
    }

    [Fact]
    public async Task Success_is_durable()
    {
        for (int i = 0; i < 9; i++)
            await Fail();
        Assert.Null(await Account.Begin(null));
        Assert.True(Silo.Storage.Has(Key));
        await Account.Finish(null, AttemptOutcome.Succeeded);
        Assert.False(Silo.Storage.Has(Key));
        await Deactivated();

        for (int i = 0; i < 10; i++)
            await Fail();
        Assert.NotNull(await Account.Begin(null));
    }

    [Fact]
    public async Task Success_does_not_forget_an_attempt_under_way()
    {
        for (int i = 0; i < 3; i++)
            Assert.Null(await Account.Begin(null));

        await Account.Finish(null, AttemptOutcome.Succeeded);

        Assert.Equal(2, Silo.Storage.Written<AccountAttemptsState>(Key).Strangers.Failures);
        await Account.Finish(null, AttemptOutcome.NotVerified);
        await Deactivated();
        for (int i = 0; i < 9; i++)
            await Fail();
        Assert.NotNull(await Account.Begin(null));
    }

    [Fact]
    public async Task Failures_on_a_known_device_are_durable_and_count_for_that_device_only()
    {
        KnownDevice device = new(new("AAAAAAAAAAAAAAAAAAAAAA", Epoch: 1), Of: 1);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(await Account.Begin(device));
            await Account.Finish(device, AttemptOutcome.Failed);
        }

        await Deactivated();

        Assert.NotNull(await Account.Begin(device));
        Assert.Null(await Account.Begin(null));
    }

    [Fact]
    public async Task Eighty_failures_are_forgotten_after_thirty_days_and_not_by_deactivation()
    {
        for (int i = 0; i < 80; i++)
        {
            while (await Account.Begin(null) is { } wait)
                Silo.Clock.Advance(wait);
            await Account.Finish(null, AttemptOutcome.Failed);
        }

        await Deactivated();
        Silo.Clock.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await Account.Begin(null));

        Silo.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Account.Begin(null));
        await Account.Finish(null, AttemptOutcome.Failed);

        Assert.InRange(Silo.Storage.Written<AccountAttemptsState>(Key).Strangers.Failures, 1, 4);
    }

    [Fact]
    public async Task Failures_of_networks_are_not_stored()
    {
        ClientNetwork client = ClientNetwork.Of(IPAddress.Parse("203.0.113.200"));
        ThrottleKey key = ThrottleKey.Of(client);
        INetworkThrottleGrain network = Silo.Grains.NetworkThrottle(key);
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(await network.Begin(client));
            await network.Finish(
                client,
                i % 2 == 0 ? AttemptOutcome.Failed : AttemptOutcome.Succeeded
            );
        }

        await network.CountFailure(client);

        Assert.Equal(0, Silo.Storage.Writes(key.Value));
    }

    [Fact]
    public async Task Failures_for_emails_without_an_account_are_bounded_and_durable()
    {
        const int Share = 7;
        IUnknownEmailThrottleGrain unowned = Silo.Grains.UnknownEmailThrottle(Share);
        string attacked = "attacked" + _user;
        for (int i = 0; i < 20; i++)
        {
            while (await unowned.Begin(attacked) is { } wait)
                Silo.Clock.Advance(wait);
            await unowned.Finish(attacked, AttemptOutcome.Failed);
        }

        for (int i = 0; i < 300; i++)
        {
            string other = $"{i}/{_user}";
            Assert.Null(await unowned.Begin(other));
            await unowned.Finish(other, AttemptOutcome.Failed);
        }

        await RunningSilo.Deactivate(unowned);

        Assert.NotNull(await unowned.Begin(attacked));
        string key = ThrottleKey.OfUnknownEmails(Share).Value;
        Assert.InRange(Silo.Storage.Written<UnknownEmailAttemptsState>(key).Emails.Count, 1, 64);
    }

    private async Task Fail()
    {
        Assert.Null(await Account.Begin(null));
        await Account.Finish(null, AttemptOutcome.Failed);
    }

    private Task Deactivated() => RunningSilo.Deactivate(Account);
}
