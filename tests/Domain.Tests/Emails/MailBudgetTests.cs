using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Emails;

namespace SessionAuth.Domain.Tests.Emails;

/// <summary>How many emails that anyone can request are sent to one email.</summary>
public sealed class MailBudgetTests
{
    private static readonly DateTimeOffset s_start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private static readonly MailKind[] s_asked =
    [
        MailKind.VerifyEmail,
        MailKind.RegistrationTried,
        MailKind.ConfirmNewEmail,
        MailKind.ResetPassword,
    ];

    [Fact]
    public void Constant_requests_of_every_kind_for_three_days_send_at_most_fourteen_an_hour()
    {
        List<DateTimeOffset> sent = Flood(TimeSpan.FromDays(3), s_asked);

        Assert.All(
            sent.Zip(sent.Skip(14)),
            fifteen => Assert.True(fifteen.Second - fifteen.First >= TimeSpan.FromHours(1))
        );
    }

    [Fact]
    public void Flood_of_one_kind_leaves_the_budgets_of_the_others_alone()
    {
        IReadOnlyList<CountedMail> counted = [];
        foreach (MailKind kind in s_asked.Where(kind => kind != MailKind.ResetPassword))
        {
            for (int i = 0; i < 50; i++)
            {
                if (counted.Allows(kind, s_start))
                    counted = counted.With(kind, s_start);
            }
        }

        Assert.True(counted.Allows(MailKind.ResetPassword, s_start));
    }

    [Fact]
    public void Resets_are_sent_at_least_every_quarter_of_an_hour_during_a_flood()
    {
        List<DateTimeOffset> sent = Flood(TimeSpan.FromDays(1), MailKind.ResetPassword);

        TimeSpan longest = sent.Zip(sent.Skip(1), (one, next) => next - one).Max();
        Assert.True(longest <= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Counts_are_bounded_and_forgotten_after_a_day()
    {
        IReadOnlyList<CountedMail> counted = [];
        DateTimeOffset now = s_start;
        for (int i = 0; i < 3_000; i++, now += TimeSpan.FromMinutes(1))
        {
            foreach (MailKind kind in s_asked.Where(kind => counted.Allows(kind, now)))
                counted = counted.With(kind, now);
            Assert.True(counted.Count <= 35);
        }

        Assert.Empty(counted.StillCounting(now + TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData(MailKind.VerifyEmail, 6, 20)]
    [InlineData(MailKind.RegistrationTried, 6, 20)]
    [InlineData(MailKind.ConfirmNewEmail, 3, 10)]
    public void Budget_is_limited_per_hour_and_per_day(MailKind kind, int hourly, int daily)
    {
        IReadOnlyList<CountedMail> atOnce = Sent(kind, hourly, TimeSpan.Zero);
        IReadOnlyList<CountedMail> hourAfterHour = Sent(kind, daily, s_hour);

        Assert.False(atOnce.Allows(kind, s_start + s_hour - s_tick));
        Assert.True(atOnce.Allows(kind, s_start + s_hour));
        Assert.False(hourAfterHour.Allows(kind, s_start + (daily * s_hour)));
        Assert.False(hourAfterHour.Allows(kind, s_start + TimeSpan.FromDays(1) - s_tick));
        Assert.True(hourAfterHour.Allows(kind, s_start + TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Second_reset_is_sent_after_a_minute_and_a_third_one_after_a_quarter_of_an_hour()
    {
        DateTimeOffset second = s_start + TimeSpan.FromMinutes(1);
        DateTimeOffset third = second + TimeSpan.FromMinutes(15);
        IReadOnlyList<CountedMail> once = Sent(MailKind.ResetPassword, 1, TimeSpan.Zero);
        IReadOnlyList<CountedMail> twice = once.With(MailKind.ResetPassword, second);

        Assert.False(once.Allows(MailKind.ResetPassword, second - s_tick));
        Assert.True(once.Allows(MailKind.ResetPassword, second));
        Assert.False(twice.Allows(MailKind.ResetPassword, third - s_tick));
        Assert.True(twice.Allows(MailKind.ResetPassword, third));
    }

    [Fact]
    public void Reset_counts_for_an_hour_and_other_kinds_for_a_day()
    {
        IReadOnlyList<CountedMail> counted = Sent(MailKind.ResetPassword, 1, TimeSpan.Zero)
            .With(MailKind.VerifyEmail, s_start);

        Assert.Equal(2, counted.StillCounting(s_start + s_hour - s_tick).Count());
        Assert.Equal(
            MailKind.VerifyEmail,
            Assert.Single(counted.StillCounting(s_start + s_hour)).Kind
        );
    }

    public static TheoryData<MailKind> OwnersMails =>
        [.. Enum.GetValues<MailKind>().Except(s_asked)];

    [Theory]
    [MemberData(nameof(OwnersMails))]
    public void Notifications_of_changes_have_no_budget(MailKind kind) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Array.Empty<CountedMail>().Allows(kind, s_start)
        );

    // Each must be within the budget.
    private static IReadOnlyList<CountedMail> Sent(MailKind kind, int mails, TimeSpan pause)
    {
        IReadOnlyList<CountedMail> counted = [];
        for (int i = 0; i < mails; i++)
        {
            Assert.True(counted.Allows(kind, s_start + (i * pause)));
            counted = counted.With(kind, s_start + (i * pause));
        }

        return counted;
    }

    private static List<DateTimeOffset> Flood(TimeSpan duration, params MailKind[] kinds)
    {
        IReadOnlyList<CountedMail> counted = [];
        List<DateTimeOffset> sent = [];
        for (
            DateTimeOffset now = s_start;
            now < s_start + duration;
            now += TimeSpan.FromSeconds(30)
        )
        {
            foreach (MailKind kind in kinds.Where(kind => counted.Allows(kind, now)))
            {
                counted = counted.With(kind, now);
                sent.Add(now);
            }
        }

        return sent;
    }
}
