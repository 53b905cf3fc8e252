using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Emails;

namespace SessionAuth.Grains.Tests.Emails;

/// <summary>How many mails that anybody can ask for go to one address.</summary>
public sealed class MailBudgetTests
{
    private static readonly DateTimeOffset s_start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly MailKind[] s_asked =
    [
        MailKind.VerifyAddress,
        MailKind.RegistrationTried,
        MailKind.ConfirmNewAddress,
        MailKind.ResetPassword,
    ];

    [Fact]
    public void Whoever_asks_for_everything_all_the_time_for_three_days_sends_fourteen_an_hour_at_most()
    {
        List<DateTimeOffset> sent = Flood(TimeSpan.FromDays(3), s_asked);

        for (int i = 0; i < sent.Count; i++)
        {
            DateTimeOffset end = sent[i] + TimeSpan.FromHours(1);
            Assert.True(sent.Skip(i).Count(at => at < end) <= 14);
        }
    }

    [Fact]
    public void A_flood_of_one_kind_takes_nothing_from_the_others()
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
    public void Resets_go_at_least_every_quarter_of_an_hour_however_often_they_are_asked_for()
    {
        List<DateTimeOffset> sent = Flood(TimeSpan.FromDays(1), MailKind.ResetPassword);

        TimeSpan longest = sent.Zip(sent.Skip(1), (one, next) => next - one).Max();
        Assert.True(longest <= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_forgotten_after_a_day()
    {
        IReadOnlyList<CountedMail> counted = [];
        DateTimeOffset now = s_start;
        for (int i = 0; i < 10_000; i++, now += TimeSpan.FromSeconds(30))
        {
            foreach (MailKind kind in s_asked.Where(kind => counted.Allows(kind, now)))
                counted = counted.With(kind, now);
            Assert.True(counted.Count <= 35);
        }

        Assert.Empty(counted.StillCounting(now + TimeSpan.FromDays(1)));
    }

    private static List<DateTimeOffset> Flood(TimeSpan duration, params MailKind[] kinds)
    {
        IReadOnlyList<CountedMail> counted = [];
        List<DateTimeOffset> sent = [];
        for (
            DateTimeOffset now = s_start;
            now < s_start + duration;
            now += TimeSpan.FromSeconds(10)
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
