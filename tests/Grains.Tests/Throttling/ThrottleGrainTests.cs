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
    public async Task Of_two_hundred_tries_at_once_at_an_address_ten_are_let_through()
    {
        IAccountThrottleGrain account = Account();

        TimeSpan?[] waits = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => account.Begin(null))
        );

        Assert.Equal(10, waits.Count(wait => wait is null));
    }

    [Fact]
    public async Task An_address_waits_after_ten_failures_and_is_free_after_a_success()
    {
        IAccountThrottleGrain account = Account();
        for (int i = 0; i < 10; i++)
            await Try(account, TryOutcome.Failed);
        TimeSpan? wait = await account.Begin(null);
        Silo.Clock.Advance(wait!.Value);
        await Try(account, TryOutcome.Succeeded);

        for (int i = 0; i < 9; i++)
            await Try(account, TryOutcome.Failed);

        Assert.InRange(wait.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Null(await account.Begin(null));
    }

    [Fact]
    public async Task Tries_that_were_not_looked_at_do_not_count()
    {
        IAccountThrottleGrain account = Account();
        for (int i = 0; i < 30; i++)
            await Try(account, TryOutcome.NotLookedAt);

        Assert.Null(await account.Begin(null));
    }

    [Fact]
    public async Task A_network_waits_after_a_hundred_failures_although_some_succeed_in_between()
    {
        ClientNetwork client = ClientNetwork.Of(IPAddress.Parse("198.51.100.7"));
        INetworkThrottleGrain network = Silo.Grains.NetworkThrottle(ThrottleKey.Of(client));
        for (int i = 0; i < 100; i++)
        {
            await Try(network, client, TryOutcome.Failed);
            if (i % 10 == 0)
                await Try(network, client, TryOutcome.Succeeded);
        }

        Assert.NotNull(await network.Begin(client));
        Silo.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await network.Begin(client));
    }

    [Theory]
    [InlineData("2001:db8:7:100::", 8, 100)]
    [InlineData("2001:db8:8:100::", 7, 200)]
    [InlineData("2001:db8:9::", 6, 400)]
    public async Task A_wider_network_of_IPv6_may_fail_more_often_and_no_more_by_taking_another_in_it(
        string prefix,
        int bytes,
        int failures
    )
    {
        int let = 0;
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
            if (await network.Begin(client) is not null)
                continue;
            let++;
            await network.Finish(client, TryOutcome.Failed);
        }

        Assert.Equal(failures, let);
    }

    [Fact]
    public async Task Known_devices_share_twenty_failures_and_use_up_nothing_of_a_strangers()
    {
        IAccountThrottleGrain account = Account();
        KnownDevice[] devices =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i => new KnownDevice(new($"device-{i}", Epoch: 1), Of: 20)),
        ];
        int let = 0;
        foreach (KnownDevice device in devices.Concat(devices))
        {
            if (await account.Begin(device) is not null)
                continue;
            let++;
            await account.Finish(device, TryOutcome.Failed);
        }

        Assert.Equal(20, let);
        Assert.Null(await account.Begin(null));
    }

    [Fact]
    public async Task A_right_secret_on_any_device_makes_all_failures_forgotten()
    {
        IAccountThrottleGrain account = Account();
        KnownDevice device = new(new("device", Epoch: 1), Of: 1);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(await account.Begin(device));
            await account.Finish(device, TryOutcome.Failed);
            await Try(account, TryOutcome.Failed);
        }

        Assert.NotNull(await account.Begin(device));
        Silo.Clock.Advance(TimeSpan.FromSeconds(1));
        await Try(account, TryOutcome.Succeeded);

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
    public void One_grain_counts_for_a_slash_24_of_IPv4_and_a_slash_48_of_IPv6(
        string one,
        string other,
        bool same
    )
    {
        ThrottleKey first = ThrottleKey.Of(ClientNetwork.Of(IPAddress.Parse(one)));
        ThrottleKey second = ThrottleKey.Of(ClientNetwork.Of(IPAddress.Parse(other)));

        Assert.Equal(same, first == second);
    }

    private IAccountThrottleGrain Account() =>
        Silo.Grains.AccountThrottle(SecretKind.Password, UserId.New(DateTimeOffset.UtcNow));

    private static async Task Try(IAccountThrottleGrain throttle, TryOutcome outcome)
    {
        Assert.Null(await throttle.Begin(null));
        await throttle.Finish(null, outcome);
    }

    private static async Task Try(
        INetworkThrottleGrain throttle,
        ClientNetwork client,
        TryOutcome outcome
    )
    {
        Assert.Null(await throttle.Begin(client));
        await throttle.Finish(client, outcome);
    }
}
