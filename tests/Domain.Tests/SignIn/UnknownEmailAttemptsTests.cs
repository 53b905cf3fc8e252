using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

/// <summary>Attempts for emails without an account.</summary>
public sealed class UnknownEmailAttemptsTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AttemptRules s_rules = new(
        FreeFailures: 10,
        s_second,
        LongestDelay: TimeSpan.FromMinutes(15)
    );

    private UnknownEmailAttempts _attempts = UnknownEmailAttempts.Restored(s_rules, new(), s_now);

    [Fact(DisplayName = "S-29 Email without an account waits like one with an account")]
    public void Email_without_an_account_waits_like_one_with_an_account()
    {
        Fail("a", 10);

        Assert.Equal(s_second, Begin("a"));
        Assert.Null(Begin("b"));
    }

    [Fact]
    public void Email_without_an_account_allows_as_many_password_failures_as_an_account_does()
    {
        int limit = AttemptBudget.Of(SecretKind.Password).Strangers;

        Assert.Null(WaitADayAfter(limit - 1));
        Assert.Equal(s_rules.LongestDelay, WaitADayAfter(limit));
    }

    [Theory]
    [InlineData(AttemptOutcome.Succeeded)]
    [InlineData(AttemptOutcome.NotVerified)]
    public void Attempt_that_did_not_fail_does_not_count(AttemptOutcome outcome)
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(Begin("a"));
            _attempts = _attempts.Finish("a", outcome, s_now);
        }

        Assert.Null(_attempts.ToStore("a", new(), s_now));
    }

    [Fact]
    public void Attempts_are_stored_before_they_are_evaluated_some_in_advance()
    {
        Begin("a");

        UnknownEmailAttemptsState stored = _attempts.ToStore("a", new(), s_now)!;

        Assert.Equal([new EmailAttemptsState("a", 4, s_now)], stored.Emails);
        Assert.Equal(s_now + AttemptBackoff.RememberedFor, stored.ExpiresAt);
        for (int i = 0; i < 3; i++)
        {
            Begin("a");
            Assert.Null(_attempts.ToStore("a", stored, s_now));
        }
        Begin("a");
        Assert.NotNull(_attempts.ToStore("a", stored, s_now));
    }

    [Fact]
    public void Email_without_failures_is_not_stored()
    {
        Begin("a");
        _attempts = _attempts.Finish("a", AttemptOutcome.NotVerified, s_now);
        Begin("b");

        Assert.Equal(0, _attempts.ToStore("b", new(), s_now)!.FailuresOf("a"));
        Assert.Single(_attempts.ToStore("b", new(), s_now)!.Emails);
    }

    [Fact]
    public void Attempts_counted_in_advance_for_another_email_are_kept()
    {
        Begin("a");
        Begin("b");
        UnknownEmailAttemptsState stored = new()
        {
            Emails = [new("b", 9, s_now), new("forgotten", 7, s_now)],
        };

        Assert.Equal(
            [new("a", 4, s_now), new EmailAttemptsState("b", 9, s_now)],
            _attempts.ToStore("a", stored, s_now)!.Emails
        );
    }

    [Fact]
    public void Attempts_counted_in_advance_that_did_not_fail_are_finally_taken_back()
    {
        Fail("a", 1);
        UnknownEmailAttemptsState inAdvance = new() { Emails = [new("a", 4, s_now)] };
        UnknownEmailAttemptsState exact = new() { Emails = [new("a", 1, s_now)] };

        Assert.Equal(exact.Emails, _attempts.Correction(inAdvance, s_now)!.Emails);
        Assert.Null(_attempts.Correction(exact, s_now));
    }

    [Fact]
    public void Stored_failures_still_count()
    {
        Fail("a", 10);
        UnknownEmailAttemptsState stored = _attempts.ToStore("a", new(), s_now)!;

        _attempts = UnknownEmailAttempts.Restored(s_rules, stored, s_now);

        // Of those counted in advance, three more may have failed.
        Assert.Equal(8 * s_second, Begin("a"));
    }

    [Fact]
    public void Emails_with_the_fewest_failures_are_forgotten_when_too_many_are_tried()
    {
        Fail("a", 2);
        for (int i = 0; i < 40; i++)
            Fail($"email {i}", 1);

        Assert.Equal(32, Stored().Emails.Count);
        Assert.Equal(2, _attempts.Correction(Of("a", 9), s_now)!.FailuresOf("a"));
    }

    private static UnknownEmailAttemptsState Of(string email, int failures) =>
        new() { Emails = [new(email, failures, s_now)] };

    private static TimeSpan? WaitADayAfter(int failures) =>
        UnknownEmailAttempts
            .Restored(s_rules, Of("a", failures), s_now)
            .Begin("a", s_now + TimeSpan.FromDays(1))
            .Wait;

    private UnknownEmailAttemptsState Stored() => _attempts.ToStore("a", new(), s_now)!;

    private TimeSpan? Begin(string email)
    {
        (TimeSpan? wait, _attempts) = _attempts.Begin(email, s_now);
        return wait;
    }

    private void Fail(string email, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Null(Begin(email));
            _attempts = _attempts.Finish(email, AttemptOutcome.Failed, s_now);
        }
    }
}
