using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

/// <summary>Attempts at the secrets of an account, from unknown and from known devices.</summary>
public sealed class AccountAttemptsTests
{
    private static readonly AttemptRules s_rules = new(
        FreeFailures: 10,
        FirstDelay: TimeSpan.FromSeconds(1),
        LongestDelay: TimeSpan.FromMinutes(15)
    );
    private static readonly AttemptBudget s_passwords = AttemptBudget.Of(SecretKind.Password);
    private static readonly AttemptBudget s_codes = AttemptBudget.Of(SecretKind.Code);

    private AccountAttempts _attempts = New(s_passwords);
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

    [Fact(DisplayName = "S-29 After eighty failures of unknown devices no attempt is evaluated")]
    public void After_eighty_failures_of_unknown_devices_no_attempt_is_evaluated()
    {
        _attempts = New(s_passwords);
        FailOnUnknownDevice(80);
        _now += TimeSpan.FromDays(1);

        Assert.Equal(s_rules.LongestDelay, Begin(null));
    }

    [Fact(DisplayName = "S-30 Failures of unknown devices do not lock a known device out")]
    public void Failures_of_unknown_devices_do_not_lock_a_known_device_out()
    {
        _attempts = New(s_passwords);
        FailOnUnknownDevice(80);

        Assert.Null(Begin(Device("a", of: 1)));
    }

    [Fact(DisplayName = "S-30 Device that has used up its share leaves the others theirs")]
    public void Device_that_has_used_up_its_share_leaves_the_others_theirs()
    {
        _attempts = New(s_passwords);
        for (int i = 0; i < 5; i++)
        {
            Assert.Null(Begin(Device("a", of: 4)));
            _attempts = _attempts.Fail(Device("a", of: 4), _now);
        }

        Assert.Equal(s_rules.LongestDelay, Begin(Device("a", of: 4)));
        Assert.Null(Begin(Device("b", of: 4)));
        Assert.Null(Begin(null));
    }

    [Fact]
    public void All_known_devices_together_have_twenty_failures()
    {
        _attempts = New(s_passwords);
        for (int i = 0; i < 20; i++)
        {
            KnownDevice device = Device($"device {i}", of: 20);
            Assert.Null(Begin(device));
            _attempts = _attempts.Fail(device, _now);
        }

        Assert.NotNull(Begin(Device("another", of: 1)));
    }

    [Fact]
    public void Attempt_that_was_not_evaluated_costs_a_device_nothing()
    {
        _attempts = New(s_passwords);
        for (int i = 0; i < 30; i++)
        {
            Assert.Null(Begin(Device("a", of: 20)));
            _attempts = _attempts.Withdraw(Device("a", of: 20));
        }

        _attempts = _attempts.Withdraw(Device("never seen", of: 1));
        Assert.Empty(_attempts.Exact(_now).Devices);
    }

    [Fact]
    public void Success_clears_all_failures_and_the_owner_can_be_notified_again()
    {
        _attempts = New(s_codes);
        FailOnUnknownDevice(10);
        _attempts = _attempts.WithOwnerNotified();
        Assert.True(ForgiveOnce());
        Begin(Device("a", of: 1));
        _attempts = _attempts.Fail(Device("a", of: 1), _now);
        Begin(null);

        _attempts = _attempts.Succeed(null);

        Assert.True(_attempts.Exact(_now).HasNothing());
        Assert.Null(_attempts.ToStore(new(), _now));
        Assert.True(ForgiveOnce());
        FailOnUnknownDevice(10);
        Assert.True(_attempts.MustNotifyOwner);
    }

    [Fact]
    public void Owner_is_notified_once_of_ten_wrong_codes_from_any_devices()
    {
        _attempts = New(s_codes);
        FailOnUnknownDevice(9);
        Assert.False(_attempts.MustNotifyOwner);

        Begin(Device("a", of: 1));
        _attempts = _attempts.Fail(Device("a", of: 1), _now);

        Assert.True(_attempts.MustNotifyOwner);
        _attempts = _attempts.WithOwnerNotified();
        Assert.False(_attempts.MustNotifyOwner);
    }

    [Fact]
    public void Wrong_passwords_cause_no_notification()
    {
        _attempts = New(s_passwords);
        FailOnUnknownDevice(80);

        Assert.False(_attempts.MustNotifyOwner);
    }

    [Fact]
    public void Reset_by_email_clears_failures_of_unknown_devices_once_and_then_allows_fewer()
    {
        _attempts = New(s_codes);
        FailOnUnknownDevice(50);

        Assert.True(ForgiveOnce());
        FailOnUnknownDevice(15);
        _now += TimeSpan.FromDays(1);

        Assert.NotNull(Begin(null));
        Assert.False(ForgiveOnce());
        Assert.NotNull(Begin(null));
        _attempts = _attempts.Clear();
        FailOnUnknownDevice(16);
    }

    [Fact(
        DisplayName = "S-29 Attempts are stored in advance, so that a crash gives an attacker no more"
    )]
    public void Attempts_are_stored_in_advance_so_that_a_crash_gives_an_attacker_no_more()
    {
        _attempts = New(s_passwords);
        Assert.Null(_attempts.ToStore(new(), _now));
        Begin(null);
        Begin(Device("a", of: 1));
        Assert.NotNull(_attempts.ToStore(new(), _now));

        AccountAttemptsState stored = _attempts.ToStore(new(), _now)!;

        Assert.Equal(new AttemptsState(4, _now), stored.Strangers);
        Assert.Equal([new DeviceAttemptsState("a", 1, _now)], stored.Devices);
        Assert.Equal(_now + AttemptBackoff.RememberedFor, stored.ExpiresAt);
        Assert.Null(_attempts.ToStore(stored, _now));
        for (int i = 0; i < 3; i++)
            Begin(null);
        Assert.Null(_attempts.ToStore(stored, _now));
        Begin(null);
        Assert.NotNull(_attempts.ToStore(stored, _now));
    }

    [Fact]
    public void Each_kind_of_change_has_to_be_stored()
    {
        _attempts = New(s_codes);
        AccountAttemptsState stored = _attempts.Exact(_now);

        _attempts = _attempts.WithOwnerNotified();
        Assert.NotNull(_attempts.ToStore(stored, _now));
        Assert.Null(_attempts.ToStore(stored with { OwnerNotified = true }, _now));
        ForgiveOnce();
        Assert.NotNull(_attempts.ToStore(stored with { OwnerNotified = true }, _now));
        Begin(Device("a", of: 1));
        Assert.NotNull(
            _attempts.ToStore(stored with { OwnerNotified = true, Forgiven = true }, _now)
        );
        Assert.Null(_attempts.ToStore(_attempts.Exact(_now), _now));
    }

    [Fact]
    public void Stored_failures_count_until_they_are_thirty_days_old()
    {
        _attempts = New(s_codes);
        FailOnUnknownDevice(30);
        ForgiveOnce();
        FailOnUnknownDevice(12);
        _attempts = _attempts.WithOwnerNotified();
        Begin(Device("a", of: 2));
        _attempts = _attempts.Fail(Device("a", of: 2), _now);
        AccountAttemptsState stored = _attempts.Exact(_now);

        _attempts = new(s_rules, s_codes, stored);

        Assert.Equal(stored.Strangers, _attempts.Exact(_now).Strangers);
        Assert.Equal(stored.Devices, _attempts.Exact(_now).Devices);
        Assert.True(_attempts.Exact(_now) is { Forgiven: true, OwnerNotified: true });
        FailOnUnknownDevice(3);
        Assert.NotNull(Begin(null, TimeSpan.FromDays(1)));
        _now += AttemptBackoff.RememberedFor;
        Assert.Null(Begin(null));
        _attempts = _attempts.Withdraw(null);
        Assert.Empty(_attempts.Exact(_now).Devices);
        Assert.Equal(0, _attempts.ToStore(new(), _now)!.Strangers.Failures);
    }

    [Fact]
    public void Failure_is_stored_with_its_own_time_and_an_attempt_under_way_with_the_current_time()
    {
        _attempts = New(s_passwords);
        FailOnUnknownDevice(1);
        DateTimeOffset failed = _now;
        _now += TimeSpan.FromSeconds(20);

        Assert.Equal(failed, _attempts.Exact(_now).Strangers.LastAt);
        Begin(null);
        Assert.Equal(_now, _attempts.Exact(_now).Strangers.LastAt);
    }

    [Fact]
    public void Attempts_counted_in_advance_that_did_not_fail_are_finally_taken_back()
    {
        Begin(null);
        AccountAttemptsState stored = _attempts.ToStore(new(), _now)!;

        _attempts = _attempts.Fail(null, _now);

        Assert.Equal(new AttemptsState(1, _now), _attempts.Correction(stored, _now)!.Strangers);
        Assert.Null(_attempts.Correction(_attempts.Exact(_now), _now));
    }

    [Fact]
    public void Stored_state_counts_until_it_expires()
    {
        AccountAttemptsState stored = new() { Forgiven = true, ExpiresAt = _now };

        Assert.Same(stored, stored.At(_now - TimeSpan.FromTicks(1)));
        Assert.True(stored.At(_now).HasNothing());
    }

    [Fact]
    public void Decision_leaves_the_previous_state_unchanged()
    {
        AccountAttempts before = _attempts;
        (_, AccountAttempts begun) = before.Begin(null, _now);

        begun.Fail(null, _now).ForgiveOnce()!.WithOwnerNotified();

        Assert.True(before.Exact(_now).HasNothing());
        Assert.Equal(1, begun.Exact(_now).Strangers.Failures);
        Assert.True(begun.Exact(_now) is { Forgiven: false, OwnerNotified: false });
    }

    [Fact]
    public void Only_a_state_without_content_is_empty()
    {
        AccountAttemptsState nothing = new();

        Assert.True(nothing.HasNothing());
        Assert.False((nothing with { Strangers = new(1, _now) }).HasNothing());
        Assert.False((nothing with { Devices = [new("a", 1, _now)] }).HasNothing());
        Assert.False((nothing with { Forgiven = true }).HasNothing());
        Assert.False((nothing with { OwnerNotified = true }).HasNothing());
    }

    private static AccountAttempts New(AttemptBudget budget) => new(s_rules, budget, new());

    private static KnownDevice Device(string id, int of) => new(new(id, Epoch: 1), of);

    private TimeSpan? Begin(KnownDevice? device, TimeSpan later = default)
    {
        (TimeSpan? wait, _attempts) = _attempts.Begin(device, _now + later);
        return wait;
    }

    private bool ForgiveOnce()
    {
        AccountAttempts? forgiven = _attempts.ForgiveOnce();
        _attempts = forgiven ?? _attempts;
        return forgiven is not null;
    }

    private void FailOnUnknownDevice(int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (Begin(null) is { } wait)
            {
                _now += wait;
                Assert.Null(Begin(null));
            }

            _attempts = _attempts.Fail(null, _now);
        }
    }
}
