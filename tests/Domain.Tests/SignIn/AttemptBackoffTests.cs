using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

public sealed class AttemptBackoffTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly AttemptBackoffRules Numbers = new(
        Free: 10,
        Limit: 100,
        FirstDelay: Second,
        LongestDelay: TimeSpan.FromMinutes(15)
    );

    private readonly AttemptBackoff _address = new(Numbers);
    private readonly AttemptBackoff _network = new(
        Numbers with
        {
            Free = 100,
            Limit = int.MaxValue,
            Window = TimeSpan.FromMinutes(15),
        }
    );
    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_failures_in_a_row_are_free_and_the_next_try_waits_a_second()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(_address.Begin(_now));
            _address.Fail(_now);
        }

        Assert.Equal(Second, _address.Begin(_now));
        _now += Second;
        Assert.Null(_address.Begin(_now));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(12, 4)]
    [InlineData(19, 512)]
    [InlineData(20, 900)]
    [InlineData(99, 900)]
    public void The_wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour(
        int failures,
        int seconds
    )
    {
        Fail(_address, failures);

        Assert.Equal(seconds * Second, _address.Begin(_now));
        Assert.Equal(Second, _address.Begin(_now + ((seconds - 1) * Second)));
        Assert.Null(_address.Begin(_now + (seconds * Second)));
    }

    [Fact]
    public void A_success_makes_all_ten_free_again()
    {
        Fail(_address, 30);
        _now += Numbers.LongestDelay;
        Assert.Null(_address.Begin(_now));
        _address.Withdraw();
        _address.Clear();

        Fail(_address, 9);
        Assert.Null(_address.Begin(_now));
        _address.Fail(_now);
        Assert.Equal(Second, _address.Begin(_now));
    }

    [Fact]
    public void A_day_without_a_try_forgives_no_failure_of_an_address()
    {
        Fail(_address, 10);
        _now += TimeSpan.FromDays(1);
        Fail(_address, 1);

        Assert.Equal(2 * Second, _address.Begin(_now));
    }

    [Fact]
    public void Tries_under_way_hold_the_places_that_are_left()
    {
        Fail(_address, 7);

        TimeSpan?[] tries = [.. Enumerable.Range(0, 5).Select(_ => _address.Begin(_now))];

        Assert.Equal([null, null, null, Second, Second], tries);
    }

    [Fact]
    public void Beyond_the_free_failures_one_try_is_under_way_at_a_time()
    {
        Fail(_address, 10);
        _now += Second;
        Assert.Null(_address.Begin(_now));

        Assert.Equal(Second, _address.Begin(_now));
    }

    [Fact]
    public void A_try_whose_password_was_not_looked_at_does_not_count()
    {
        Fail(_address, 9);
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(_address.Begin(_now));
            _address.Withdraw();
        }

        Assert.Null(_address.Begin(_now));
    }

    [Fact]
    public void A_try_whose_end_was_never_told_counts_as_failed_after_a_minute()
    {
        for (int i = 0; i < 10; i++)
            _address.Begin(_now);
        Assert.NotNull(_address.Begin(_now));

        _now += TimeSpan.FromMinutes(1) + Second;

        Assert.Null(_address.Begin(_now));
        Assert.Equal(10, _address.Failures);
        Assert.NotNull(_address.Begin(_now));
    }

    [Fact]
    public void A_failure_that_another_budget_let_through_counts_beside_the_tries_under_way()
    {
        for (int i = 0; i < 5; i++)
            Assert.Null(_address.Begin(_now));
        for (int i = 0; i < 5; i++)
            _address.CountFailure(_now);

        Assert.Equal((5, 10), (_address.Failures, _address.Tries));
        Assert.NotNull(_address.Begin(_now));
    }

    [Fact]
    public void After_a_hundred_failures_no_try_is_let_through_for_thirty_days_and_asking_is_no_failure()
    {
        Fail(_address, 100);
        for (int day = 0; day < 30; day++)
        {
            Assert.NotNull(_address.Begin(_now));
            _now += TimeSpan.FromDays(1);
        }

        for (int i = 0; i < 10; i++)
            Assert.Null(_address.Begin(_now));
    }

    [Fact]
    public void A_hundred_failures_from_a_network_within_a_quarter_of_an_hour_make_it_wait()
    {
        Fail(_network, 99);
        Assert.Null(_network.Begin(_now));
        _network.Fail(_now);

        Assert.Equal(Second, _network.Begin(_now));
    }

    [Fact]
    public void A_networks_failures_are_forgotten_after_a_quarter_of_an_hour()
    {
        Fail(_network, 50);
        _now += TimeSpan.FromMinutes(10);
        Fail(_network, 50);
        Assert.NotNull(_network.Begin(_now));

        _now += TimeSpan.FromMinutes(5);

        Fail(_network, 49);
        Assert.Null(_network.Begin(_now));
    }

    [Fact]
    public void Restored_failures_delay_the_next_attempt_as_they_would_have()
    {
        _address.Restore(12, _now);

        Assert.Equal(12, _address.Failures);
        Assert.Equal(4 * Second, _address.Begin(_now));
        Assert.Null(_address.Begin(_now + (4 * Second)));
    }

    [Fact]
    public void Fewer_restored_failures_than_are_free_delay_nothing()
    {
        _address.Restore(9, _now);

        Assert.Null(_address.Begin(_now));
        Assert.Equal((9, 10), (_address.Failures, _address.Tries));
    }

    // Each as soon as it is let through.
    private void Fail(AttemptBackoff backOff, int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (backOff.Begin(_now) is { } wait)
            {
                _now += wait;
                Assert.Null(backOff.Begin(_now));
            }

            backOff.Fail(_now);
        }
    }
}
