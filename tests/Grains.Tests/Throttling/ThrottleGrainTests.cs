using System.Net;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
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
        ISignInThrottleGrain address = Address();

        TimeSpan?[] waits = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => address.Begin())
        );

        Assert.Equal(10, waits.Count(wait => wait is null));
    }

    [Fact]
    public async Task An_address_waits_after_ten_failures_and_is_free_after_a_success()
    {
        ISignInThrottleGrain address = Address();
        for (int i = 0; i < 10; i++)
            await Try(address, TryOutcome.Failed);
        TimeSpan? wait = await address.Begin();
        Silo.Clock.Advance(wait!.Value);
        await Try(address, TryOutcome.Succeeded);

        for (int i = 0; i < 9; i++)
            await Try(address, TryOutcome.Failed);

        Assert.InRange(wait.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Null(await address.Begin());
    }

    [Fact]
    public async Task Tries_that_were_not_looked_at_do_not_count()
    {
        ISignInThrottleGrain address = Address();
        for (int i = 0; i < 30; i++)
            await Try(address, TryOutcome.NotLookedAt);

        Assert.Null(await address.Begin());
    }

    [Fact]
    public async Task A_network_waits_after_a_hundred_failures_although_some_succeed_in_between()
    {
        ISignInThrottleGrain network = Silo.Grains.SignInThrottle(
            ThrottleKey.Of(IPAddress.Parse("198.51.100.7"))
        );
        for (int i = 0; i < 100; i++)
        {
            await Try(network, TryOutcome.Failed);
            if (i % 10 == 0)
                await Try(network, TryOutcome.Succeeded);
        }

        Assert.NotNull(await network.Begin());
        Silo.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await network.Begin());
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void A_network_is_a_slash_24_of_IPv4_and_a_slash_64_of_IPv6(
        string one,
        string other,
        bool same
    )
    {
        ThrottleKey first = ThrottleKey.Of(IPAddress.Parse(one));
        ThrottleKey second = ThrottleKey.Of(IPAddress.Parse(other));

        Assert.Equal(same, first == second);
    }

    private ISignInThrottleGrain Address() =>
        Silo.Grains.SignInThrottle(ThrottleKey.Of(EmailKey.Of(People.NewAddress())));

    private static async Task Try(ISignInThrottleGrain throttle, TryOutcome outcome)
    {
        Assert.Null(await throttle.Begin());
        await throttle.Finish(outcome);
    }
}
