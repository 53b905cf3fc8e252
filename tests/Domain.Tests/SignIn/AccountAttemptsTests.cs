using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

/// <summary>Attempts at the secrets of an account: strangers' and those on known devices.</summary>
public sealed class AccountAttemptsTests
{
    private static readonly AttemptRules s_rules = new(
        FreeFailures: 10,
        FirstDelay: TimeSpan.FromSeconds(1),
        LongestDelay: TimeSpan.FromMinutes(15)
    );
    private static readonly AttemptBudget s_passwords = AttemptBudget.Of(SecretKind.Password);
    private static readonly AttemptBudget s_codes = AttemptBudget.Of(SecretKind.Code);

    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact(DisplayName = "S-29 No kind of secret allows more than a hundred failures in a row")]
    public void No_kind_of_secret_allows_more_than_a_hundred_failures_in_a_row()
    {
        AttemptBudget recovery = AttemptBudget.Of(SecretKind.RecoveryCode);

        Assert.Equal(100, s_passwords.Strangers + s_passwords.Devices);
        Assert.Equal(
            100,
            s_codes.Strangers
                + s_codes.AfterReset
                + s_codes.Devices
                + recovery.Strangers
                + recovery.AfterReset
                + recovery.Devices
        );
        Assert.Equal(
            (0, 10, 5),
            (s_passwords.OwnersNotice, s_codes.OwnersNotice, recovery.OwnersNotice)
        );
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(3, 6)]
    [InlineData(20, 1)]
    [InlineData(50, 1)]
    public void Known_devices_have_equal_shares(int devices, int share) =>
        Assert.Equal(share, s_passwords.ShareOfDevices(devices, most: 10));

    [Fact(DisplayName = "S-29 After eighty failures of strangers none is let through")]
    public void Strangers_are_stopped()
    {
        AccountAttempts attempts = New(s_passwords);
        FailAsStranger(attempts, 80);
        _now += TimeSpan.FromDays(1);

        Assert.Equal(s_rules.LongestDelay, attempts.Begin(null, _now));
    }

    [Fact(DisplayName = "S-30 Failures of strangers do not lock a known device out")]
    public void Strangers_do_not_lock_a_known_device_out()
    {
        AccountAttempts attempts = New(s_passwords);
        FailAsStranger(attempts, 80);

        Assert.Null(attempts.Begin(Device("a", of: 1), _now));
    }

    [Fact(DisplayName = "S-30 A device that has used its share up leaves the others theirs")]
    public void A_device_has_its_share()
    {
        AccountAttempts attempts = New(s_passwords);
        for (int i = 0; i < 5; i++)
        {
            Assert.Null(attempts.Begin(Device("a", of: 4), _now));
            attempts.Fail(Device("a", of: 4), _now);
        }

        Assert.Equal(s_rules.LongestDelay, attempts.Begin(Device("a", of: 4), _now));
        Assert.Null(attempts.Begin(Device("b", of: 4), _now));
        Assert.Null(attempts.Begin(null, _now));
    }

    [Fact]
    public void All_known_devices_together_have_twenty_failures()
    {
        AccountAttempts attempts = New(s_passwords);
        for (int i = 0; i < 20; i++)
        {
            KnownDevice device = Device($"device {i}", of: 20);
            Assert.Null(attempts.Begin(device, _now));
            attempts.Fail(device, _now);
        }

        Assert.NotNull(attempts.Begin(Device("another", of: 1), _now));
    }

    [Fact]
    public void An_attempt_that_was_not_checked_costs_a_device_nothing()
    {
        AccountAttempts attempts = New(s_passwords);
        for (int i = 0; i < 30; i++)
        {
            Assert.Null(attempts.Begin(Device("a", of: 20), _now));
            attempts.Withdraw(Device("a", of: 20));
        }

        attempts.Withdraw(Device("never seen", of: 1));
        Assert.Empty(attempts.ToStore(_now, ahead: 0).Devices);
    }

    [Fact]
    public void A_success_clears_the_failures_of_all_and_the_owner_can_be_notified_anew()
    {
        AccountAttempts attempts = New(s_codes);
        FailAsStranger(attempts, 10);
        attempts.OwnerTold();
        Assert.True(attempts.ForgiveOnce());
        attempts.Begin(Device("a", of: 1), _now);
        attempts.Fail(Device("a", of: 1), _now);
        attempts.Begin(null, _now);

        attempts.Succeed(null);

        Assert.True(attempts.ToStore(_now, ahead: 3).HasNothing());
        Assert.True(attempts.ForgiveOnce());
        FailAsStranger(attempts, 10);
        Assert.True(attempts.OwnerIsToBeTold);
    }

    [Fact]
    public void The_owner_is_to_be_notified_once_of_ten_wrong_codes_wherever_they_were_made()
    {
        AccountAttempts attempts = New(s_codes);
        FailAsStranger(attempts, 9);
        Assert.False(attempts.OwnerIsToBeTold);

        attempts.Begin(Device("a", of: 1), _now);
        attempts.Fail(Device("a", of: 1), _now);

        Assert.True(attempts.OwnerIsToBeTold);
        attempts.OwnerTold();
        Assert.False(attempts.OwnerIsToBeTold);
    }

    [Fact]
    public void Nobody_is_notified_of_wrong_passwords()
    {
        AccountAttempts attempts = New(s_passwords);
        FailAsStranger(attempts, 80);

        Assert.False(attempts.OwnerIsToBeTold);
    }

    [Fact]
    public void A_reset_by_email_clears_strangers_failures_once_and_allows_fewer_then()
    {
        AccountAttempts attempts = New(s_codes);
        FailAsStranger(attempts, 50);

        Assert.True(attempts.ForgiveOnce());
        FailAsStranger(attempts, 15);
        _now += TimeSpan.FromDays(1);

        Assert.NotNull(attempts.Begin(null, _now));
        Assert.False(attempts.ForgiveOnce());
        Assert.NotNull(attempts.Begin(null, _now));
        attempts.Clear();
        FailAsStranger(attempts, 16);
    }

    [Fact(
        DisplayName = "S-29 What is stored counts attempts in advance, so that a crash gives a guesser no more"
    )]
    public void What_is_stored_counts_attempts_in_advance()
    {
        AccountAttempts attempts = New(s_passwords);
        Assert.True(attempts.IsIn(new()));
        attempts.Begin(null, _now);
        attempts.Begin(Device("a", of: 1), _now);
        Assert.False(attempts.IsIn(new()));

        AccountAttemptsState stored = attempts.ToStore(_now, ahead: 3);

        Assert.Equal(new AttemptsState(4, _now), stored.Strangers);
        Assert.Equal([new DeviceAttemptsState("a", 1, _now)], stored.Devices);
        Assert.Equal(_now + AttemptBackoff.RememberedFor, stored.ExpiresAt);
        Assert.True(attempts.IsIn(stored));
        for (int i = 0; i < 3; i++)
            attempts.Begin(null, _now);
        Assert.True(attempts.IsIn(stored));
        attempts.Begin(null, _now);
        Assert.False(attempts.IsIn(stored));
    }

    [Fact]
    public void Each_kind_of_change_has_to_be_stored()
    {
        AccountAttempts attempts = New(s_codes);
        AccountAttemptsState stored = attempts.ToStore(_now, ahead: 0);

        attempts.OwnerTold();
        Assert.False(attempts.IsIn(stored));
        Assert.True(attempts.IsIn(stored with { OwnerTold = true }));
        attempts.ForgiveOnce();
        Assert.False(attempts.IsIn(stored with { OwnerTold = true }));
        attempts.Begin(Device("a", of: 1), _now);
        Assert.False(attempts.IsIn(stored with { OwnerTold = true, Forgiven = true }));
        Assert.True(attempts.IsIn(attempts.ToStore(_now, ahead: 0)));
    }

    [Fact]
    public void Stored_failures_count_on_until_they_are_thirty_days_old()
    {
        AccountAttempts before = New(s_codes);
        FailAsStranger(before, 30);
        before.ForgiveOnce();
        FailAsStranger(before, 12);
        before.OwnerTold();
        before.Begin(Device("a", of: 2), _now);
        before.Fail(Device("a", of: 2), _now);
        AccountAttemptsState stored = before.ToStore(_now, ahead: 0);

        AccountAttempts after = new(s_rules, s_codes, stored);

        Assert.Equal(stored.Strangers, after.ToStore(_now, ahead: 0).Strangers);
        Assert.Equal(stored.Devices, after.ToStore(_now, ahead: 0).Devices);
        Assert.True(after.ToStore(_now, ahead: 0) is { Forgiven: true, OwnerTold: true });
        FailAsStranger(after, 3);
        Assert.NotNull(after.Begin(null, _now + TimeSpan.FromDays(1)));
        _now += AttemptBackoff.RememberedFor;
        Assert.Null(after.Begin(null, _now));
        after.Withdraw(null);
        Assert.Empty(after.ToStore(_now, ahead: 0).Devices);
        Assert.Equal(0, after.ToStore(_now, ahead: 3).Strangers.Failures);
    }

    [Fact]
    public void A_failure_is_stored_with_its_own_time_and_an_attempt_under_way_with_the_present()
    {
        AccountAttempts attempts = New(s_passwords);
        FailAsStranger(attempts, 1);
        DateTimeOffset failed = _now;
        _now += TimeSpan.FromSeconds(20);

        Assert.Equal(failed, attempts.ToStore(_now, ahead: 0).Strangers.LastAt);
        attempts.Begin(null, _now);
        Assert.Equal(_now, attempts.ToStore(_now, ahead: 0).Strangers.LastAt);
    }

    [Fact]
    public void Only_what_holds_nothing_is_empty()
    {
        AccountAttemptsState nothing = new();

        Assert.True(nothing.HasNothing());
        Assert.False((nothing with { Strangers = new(1, _now) }).HasNothing());
        Assert.False((nothing with { Devices = [new("a", 1, _now)] }).HasNothing());
        Assert.False((nothing with { Forgiven = true }).HasNothing());
        Assert.False((nothing with { OwnerTold = true }).HasNothing());
    }

    private static AccountAttempts New(AttemptBudget budget) => new(s_rules, budget, new());

    private static KnownDevice Device(string id, int of) => new(new(id, Epoch: 1), of);

    private void FailAsStranger(AccountAttempts attempts, int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (attempts.Begin(null, _now) is { } wait)
            {
                _now += wait;
                Assert.Null(attempts.Begin(null, _now));
            }

            attempts.Fail(null, _now);
        }
    }
}
