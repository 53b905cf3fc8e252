using System.Net;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

/// <summary>Attempts from one network, or from networks within a wider one.</summary>
public sealed class NetworkAttemptsTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private NetworkAttempts _attempts = new(
        new(FreeFailures: 4, s_second, LongestDelay: TimeSpan.FromMinutes(15)),
        window: TimeSpan.FromMinutes(15)
    );

    [Fact]
    public void Failures_delay_their_own_network_and_no_other()
    {
        Fail("192.0.2.1", 4);

        Assert.Equal(s_second, Begin("192.0.2.250"));
        Assert.Null(Begin("198.51.100.1"));
    }

    [Fact]
    public void Wider_network_has_twice_as_many_free_failures_as_the_narrower_one()
    {
        Fail("2001:db8::1", 4);
        Assert.Equal(s_second, Begin("2001:db8::2"));
        Assert.Null(Wait("2001:db8:0:1::1"));

        Fail("2001:db8:0:1::1", 4);
        Assert.Equal(s_second, Begin("2001:db8:0:2::1"));
        Assert.Null(Wait("2001:db8:0:100::1"));

        Fail("2001:db8:0:100::1", 4);
        Fail("2001:db8:0:200::1", 4);
        Assert.Equal(s_second, Begin("2001:db8:0:300::1"));
        Assert.Null(Begin("2001:db8:1::1"));
    }

    [Fact]
    public void Longest_wait_counts_where_several_networks_have_to_wait()
    {
        // Two for the narrow network, and one for the wider one around it.
        CountFailures("2001:db8::1", 5);
        CountFailures("2001:db8:0:1::1", 3);

        Assert.Equal(2 * s_second, Wait("2001:db8::1"));
        Assert.Equal(s_second, Wait("2001:db8:0:1::1"));
    }

    [Fact]
    public void Network_waits_and_is_never_locked_out()
    {
        DateTimeOffset later = s_now;
        for (int i = 0; i < 1000; i++)
        {
            if (_attempts.Begin(Network("192.0.2.1"), later).Wait is { } wait)
                later += wait;
            (TimeSpan? none, _attempts) = _attempts.Begin(Network("192.0.2.1"), later);
            Assert.Null(none);
            _attempts = _attempts.Finish(Network("192.0.2.1"), AttemptOutcome.Failed, later);
        }
    }

    [Theory]
    [InlineData(AttemptOutcome.Succeeded)]
    [InlineData(AttemptOutcome.NotVerified)]
    public void Attempt_that_did_not_fail_does_not_count_and_forgives_nothing(
        AttemptOutcome outcome
    )
    {
        Fail("192.0.2.1", 3);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(Begin("192.0.2.1"));
            _attempts = _attempts.Finish(Network("192.0.2.1"), outcome, s_now);
        }

        Fail("192.0.2.1", 1);
        Assert.Equal(s_second, Begin("192.0.2.1"));
    }

    [Fact]
    public void Attempts_under_way_hold_the_free_places()
    {
        for (int i = 0; i < 4; i++)
            Assert.Null(Begin("192.0.2.1"));

        Assert.Equal(s_second, Begin("192.0.2.1"));
    }

    [Fact]
    public void Failure_on_a_known_device_counts_without_having_begun_here()
    {
        CountFailures("192.0.2.1", 4);

        Assert.Equal(s_second, Begin("192.0.2.1"));
    }

    private static ClientNetwork Network(string ip) => ClientNetwork.Of(IPAddress.Parse(ip));

    private TimeSpan? Wait(string ip) => _attempts.Begin(Network(ip), s_now).Wait;

    private TimeSpan? Begin(string ip)
    {
        (TimeSpan? wait, _attempts) = _attempts.Begin(Network(ip), s_now);
        return wait;
    }

    private void CountFailures(string ip, int times)
    {
        for (int i = 0; i < times; i++)
            _attempts = _attempts.CountFailure(Network(ip), s_now);
    }

    private void Fail(string ip, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Null(Begin(ip));
            _attempts = _attempts.Finish(Network(ip), AttemptOutcome.Failed, s_now);
        }
    }
}
