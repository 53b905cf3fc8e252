using System.Net;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Throttling;

[Collection(SharedSiloTests.Name)]
public sealed class ThrottleGrainTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Of_two_hundred_parallel_attempts_for_an_account_ten_are_evaluated()
    {
        IAccountThrottleGrain account = Account();

        TimeSpan?[] waits = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => account.Begin(null))
        );

        Assert.Equal(10, waits.Count(wait => wait is null));
    }

    [Fact]
    public async Task Account_waits_after_ten_failures_and_is_free_after_a_success()
    {
        IAccountThrottleGrain account = Account();
        for (int i = 0; i < 10; i++)
            await Try(account, AttemptOutcome.Failed);
        TimeSpan? wait = await account.Begin(null);
        Silo.Clock.Advance(wait!.Value);
        await Try(account, AttemptOutcome.Succeeded);

        for (int i = 0; i < 9; i++)
            await Try(account, AttemptOutcome.Failed);

        Assert.InRange(wait.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Null(await account.Begin(null));
    }

    [Fact]
    public async Task Attempts_that_were_not_evaluated_do_not_count()
    {
        IAccountThrottleGrain account = Account();
        for (int i = 0; i < 30; i++)
            await Try(account, AttemptOutcome.NotVerified);

        Assert.Null(await account.Begin(null));
    }

    [Fact]
    public async Task Network_waits_after_a_hundred_failures_although_some_attempts_succeed_in_between()
    {
        ClientNetwork client = ClientNetwork.Of(IPAddress.Parse("198.51.100.7"));
        INetworkThrottleGrain network = Silo.Grains.NetworkThrottle(ThrottleKey.Of(client));
        for (int i = 0; i < 100; i++)
        {
            await Try(network, client, AttemptOutcome.Failed);
            if (i % 10 == 0)
                await Try(network, client, AttemptOutcome.Succeeded);
        }

        Assert.NotNull(await network.Begin(client));
        Silo.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await network.Begin(client));
    }

    [Theory]
    [InlineData("2001:db8:7:100::", 8, 100)]
    [InlineData("2001:db8:8:100::", 7, 200)]
    [InlineData("2001:db8:9::", 6, 400)]
    public async Task Wider_IPv6_network_has_a_larger_limit_that_narrower_networks_in_it_share(
        string prefix,
        int bytes,
        int failures
    )
    {
        int evaluated = 0;
        for (int i = 0; i < 1_000; i++)
        {
            byte[] address = IPAddress.Parse(prefix).GetAddressBytes();
            if (bytes < 7)
                address[6] = (byte)i;
            if (bytes < 8)
                address[7] = (byte)(i / 2);
            address[15] = (byte)i;
            ClientNetwork client = ClientNetwork.Of(new IPAddress(address));
            INetworkThrottleGrain network = Silo.Grains.NetworkThrottle(ThrottleKey.Of(client));
            // A second later, a further one is evaluated.
            if (await network.Begin(client) is not null)
                break;
            evaluated++;
            await network.Finish(client, AttemptOutcome.Failed);
        }

        Assert.Equal(failures, evaluated);
    }

    [Fact]
    public async Task Known_devices_share_twenty_failures_and_leave_the_budget_of_unknown_devices_alone()
    {
        IAccountThrottleGrain account = Account();
        KnownDevice[] devices =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i => new KnownDevice(new($"device-{i}", Epoch: 1), Of: 20)),
        ];
        int evaluated = 0;
        foreach (KnownDevice device in devices.Concat(devices))
        {
            // A second later, a further one is evaluated.
            if (await account.Begin(device) is not null)
                break;
            evaluated++;
            await account.Finish(device, AttemptOutcome.Failed);
        }

        Assert.Equal(20, evaluated);
        Assert.Null(await account.Begin(null));
    }

    [Fact]
    public async Task Right_secret_on_any_device_resets_all_failures()
    {
        IAccountThrottleGrain account = Account();
        KnownDevice device = new(new("device", Epoch: 1), Of: 1);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(await account.Begin(device));
            await account.Finish(device, AttemptOutcome.Failed);
            await Try(account, AttemptOutcome.Failed);
        }

        Assert.NotNull(await account.Begin(device));
        Silo.Clock.Advance(TimeSpan.FromSeconds(1));
        await Try(account, AttemptOutcome.Succeeded);

        Assert.Null(await account.Begin(device));
        Assert.Null(await account.Begin(null));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.9", true)]
    [InlineData("192.0.2.1", "64:ff9b::c000:209", true)]
    [InlineData("192.0.2.1", "2002:c000:209::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:2:2::1", false)]
    public void One_grain_counts_for_an_IPv4_24_and_an_IPv6_48(string one, string other, bool same)
    {
        ThrottleKey first = ThrottleKey.Of(ClientNetwork.Of(IPAddress.Parse(one)));
        ThrottleKey second = ThrottleKey.Of(ClientNetwork.Of(IPAddress.Parse(other)));

        Assert.Equal(same, first == second);
    }

    private IAccountThrottleGrain Account() =>
        Silo.Grains.AccountThrottle(SecretKind.Password, UserId.New(DateTimeOffset.UtcNow));

    private static async Task Try(IAccountThrottleGrain throttle, AttemptOutcome outcome)
    {
        Assert.Null(await throttle.Begin(null));
        await throttle.Finish(null, outcome);
    }

    private static async Task Try(
        INetworkThrottleGrain throttle,
        ClientNetwork client,
        AttemptOutcome outcome
    )
    {
        Assert.Null(await throttle.Begin(client));
        await throttle.Finish(client, outcome);
    }
}
