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

    private AttemptBackoff _account = new(Numbers);
    private AttemptBackoff _network = new(
        Numbers with
        {
            Free = 100,
            Limit = int.MaxValue,
            Window = TimeSpan.FromMinutes(15),
        }
    );
    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_failures_in_a_row_are_free_and_the_next_attempt_waits_a_second()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(Begin(ref _account, _now));
            _account = _account.Fail(_now);
        }

        Assert.Equal(Second, Begin(ref _account, _now));
        _now += Second;
        Assert.Null(Begin(ref _account, _now));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(12, 4)]
    [InlineData(19, 512)]
    [InlineData(20, 900)]
    [InlineData(99, 900)]
    public void Wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour(int failures, int seconds)
    {
        Fail(ref _account, failures);

        Assert.Equal(seconds * Second, Begin(ref _account, _now));
        Assert.Equal(Second, Begin(ref _account, _now + ((seconds - 1) * Second)));
        Assert.Null(Begin(ref _account, _now + (seconds * Second)));
    }

    [Fact]
    public void Success_makes_all_ten_free_again()
    {
        Fail(ref _account, 30);
        _now += Numbers.LongestDelay;
        Assert.Null(Begin(ref _account, _now));
        _account = _account.Withdraw();
        _account = _account.Clear();

        Fail(ref _account, 9);
        Assert.Null(Begin(ref _account, _now));
        _account = _account.Fail(_now);
        Assert.Equal(Second, Begin(ref _account, _now));
    }

    [Fact]
    public void Day_without_attempts_forgives_no_failure_of_an_account()
    {
        Fail(ref _account, 10);
        _now += TimeSpan.FromDays(1);
        Fail(ref _account, 1);

        Assert.Equal(2 * Second, Begin(ref _account, _now));
    }

    [Fact]
    public void Attempts_under_way_hold_the_free_places()
    {
        Fail(ref _account, 7);

        TimeSpan?[] tries = [.. Enumerable.Range(0, 5).Select(_ => Begin(ref _account, _now))];

        Assert.Equal([null, null, null, Second, Second], tries);
    }

    [Fact]
    public void Attempt_while_the_last_free_place_is_held_waits_for_the_first_delay()
    {
        Fail(ref _account, 9);
        Assert.Null(Begin(ref _account, _now));

        Assert.Equal(Second, Begin(ref _account, _now + (Second / 2)));
    }

    [Fact]
    public void Beyond_the_free_failures_one_attempt_is_under_way_at_a_time()
    {
        Fail(ref _account, 10);
        _now += Second;
        Assert.Null(Begin(ref _account, _now));

        Assert.Equal(Second, Begin(ref _account, _now));
    }

    [Fact]
    public void Attempt_whose_password_was_not_checked_does_not_count()
    {
        Fail(ref _account, 9);
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(Begin(ref _account, _now));
            _account = _account.Withdraw();
        }

        Assert.Null(Begin(ref _account, _now));
    }

    [Fact]
    public void Attempt_that_was_never_completed_counts_as_failed_after_a_minute()
    {
        for (int i = 0; i < 10; i++)
            Begin(ref _account, _now);
        Assert.NotNull(Begin(ref _account, _now));

        _now += TimeSpan.FromMinutes(1) + Second;

        Assert.Null(Begin(ref _account, _now));
        Assert.Equal(10, _account.Failures);
        Assert.NotNull(Begin(ref _account, _now));
    }

    [Fact]
    public void Failure_of_another_budget_counts_beside_the_attempts_under_way()
    {
        for (int i = 0; i < 5; i++)
            Assert.Null(Begin(ref _account, _now));
        for (int i = 0; i < 5; i++)
            _account = _account.CountFailure(_now);

        Assert.Equal((5, 10), (_account.Failures, _account.Attempts));
        Assert.NotNull(Begin(ref _account, _now));
    }

    [Fact]
    public void After_a_hundred_failures_no_attempt_is_evaluated_for_thirty_days_and_asking_is_no_failure()
    {
        Fail(ref _account, 100);
        for (int day = 0; day < 30; day++)
        {
            Assert.NotNull(Begin(ref _account, _now));
            _now += TimeSpan.FromDays(1);
        }

        for (int i = 0; i < 10; i++)
            Assert.Null(Begin(ref _account, _now));
    }

    [Fact]
    public void Hundred_failures_from_a_network_within_a_quarter_of_an_hour_make_it_wait()
    {
        Fail(ref _network, 99);
        Assert.Null(Begin(ref _network, _now));
        _network = _network.Fail(_now);

        Assert.Equal(Second, Begin(ref _network, _now));
    }

    [Fact]
    public void Failures_of_a_network_are_forgotten_after_a_quarter_of_an_hour()
    {
        Fail(ref _network, 50);
        _now += TimeSpan.FromMinutes(10);
        Fail(ref _network, 50);
        Assert.NotNull(Begin(ref _network, _now));

        _now += TimeSpan.FromMinutes(5);

        Fail(ref _network, 49);
        Assert.Null(Begin(ref _network, _now));
    }

    [Fact]
    public void Restored_failures_delay_the_next_attempt_as_before()
    {
        _account = AttemptBackoff.Restored(Numbers, 12, _now);

        Assert.Equal(12, _account.Failures);
        Assert.Equal(4 * Second, Begin(ref _account, _now));
        Assert.Null(Begin(ref _account, _now + (4 * Second)));
    }

    [Fact]
    public void Restored_failures_within_the_free_ones_delay_nothing()
    {
        _account = AttemptBackoff.Restored(Numbers, 9, _now);

        Assert.Null(Begin(ref _account, _now));
        Assert.Equal((9, 10), (_account.Failures, _account.Attempts));
    }

    [Fact]
    public void Network_beyond_the_free_failures_waits_until_enough_of_them_have_left_the_window()
    {
        DateTimeOffset start = _now;
        AttemptBackoff network = new(
            Numbers with
            {
                Free = 3,
                Limit = int.MaxValue,
                Window = TimeSpan.FromMinutes(15),
            }
        );
        // At 0, 0, 0, 1, 3 and 7 seconds.
        Fail(ref network, 6);
        Assert.Equal(6, network.Failures);
        Assert.Equal(8 * Second, network.Wait(_now));

        // Of the last three, the first is outside the window after 1 second.
        Assert.Equal(6, network.Forget(start + TimeSpan.FromMinutes(15)).Failures);
        _now = start + TimeSpan.FromMinutes(15) + Second;
        Assert.Equal(2, network.Forget(_now).Failures);
        Assert.Null(Begin(ref network, _now));
        network = network.Fail(_now);

        // Three again, and the delays start over.
        Assert.Equal(3, network.Failures);
        Assert.Equal(Second, network.Wait(_now));
    }

    [Fact]
    public void Cleared_failures_within_a_window_no_longer_count()
    {
        Fail(ref _network, 101);

        _network = _network.Clear();

        Assert.Equal(0, _network.Failures);
        Assert.Null(_network.Wait(_now));
    }

    [Fact]
    public void Another_limit_applies_at_once_to_the_existing_failures()
    {
        Fail(ref _account, 12);
        _now += TimeSpan.FromDays(1);

        Assert.Null(_account.LimitedTo(13).Wait(_now));
        Assert.Equal(Numbers.LongestDelay, _account.LimitedTo(12).Wait(_now));
    }

    [Fact]
    public void Failure_is_stored_with_its_own_time_and_an_attempt_under_way_with_the_current_time()
    {
        DateTimeOffset failed = _now;
        _account = _account.CountFailure(_now);
        _now += Second;

        Assert.Equal(failed, _account.LastAt(_now));
        Begin(ref _account, _now);
        Assert.Equal(_now, _account.LastAt(_now));
    }

    [Fact]
    public void Attempts_that_were_never_completed_fail_in_their_order_each_a_minute_after_it_began()
    {
        DateTimeOffset start = _now;
        Begin(ref _account, _now);
        _now += TimeSpan.FromSeconds(30);
        Begin(ref _account, _now);

        AttemptBackoff atTheMinute = _account.Forget(start + TimeSpan.FromMinutes(1));
        AttemptBackoff later = _account.Forget(start + TimeSpan.FromMinutes(1) + Second);

        Assert.Equal((0, 2), (atTheMinute.Failures, atTheMinute.Attempts));
        Assert.Equal((1, 2), (later.Failures, later.Attempts));
        Assert.Equal(start + TimeSpan.FromMinutes(1), later.LastFailedAt);
    }

    // Each as soon as it is allowed.
    private void Fail(ref AttemptBackoff backoff, int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (Begin(ref backoff, _now) is { } wait)
            {
                _now += wait;
                Assert.Null(Begin(ref backoff, _now));
            }

            backoff = backoff.Fail(_now);
        }
    }

    private static TimeSpan? Begin(ref AttemptBackoff backoff, DateTimeOffset now)
    {
        (TimeSpan? wait, backoff) = backoff.Begin(now);
        return wait;
    }
}
