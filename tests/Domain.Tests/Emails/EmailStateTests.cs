using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Emails;

namespace SessionAuth.Domain.Tests.Emails;

/// <summary>The owner of an email, and its mail budget.</summary>
public sealed class EmailStateTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId s_ada = UserId.New(s_now);
    private static readonly UserId s_bob = UserId.New(s_now);

    private static readonly EmailState s_none = new();
    private static readonly EmailState s_adas = s_none.Claimed(s_ada, null, s_now)!;

    [Fact]
    public void Unowned_email_can_be_claimed()
    {
        Assert.Null(s_none.Owner());
        Assert.Equal(s_ada, s_adas.Owner());
        Assert.Null(s_adas.ExpiresAt);
    }

    [Fact]
    public void Email_can_be_claimed_from_an_owner_who_abandoned_it_and_from_no_other()
    {
        Assert.Null(s_adas.Claimed(s_bob, null, s_now));
        Assert.Null(s_adas.Claimed(s_bob, s_bob, s_now));
        Assert.Null(s_adas.Claimed(s_ada, null, s_now));
        Assert.Equal(s_bob, s_adas.Claimed(s_bob, s_ada, s_now)!.Owner());
    }

    [Fact]
    public void Only_its_owner_can_release_an_email()
    {
        Assert.Null(s_none.Released(s_ada, s_now));
        Assert.Null(s_adas.Released(s_bob, s_now));

        EmailState released = s_adas.Released(s_ada, s_now)!;

        Assert.Null(released.Owner());
        Assert.True(released.HasNothing());
    }

    [Fact]
    public void Counted_mails_survive_a_change_of_the_owner()
    {
        EmailState counted = Counted(s_adas, MailKind.VerifyEmail);
        Assert.Null(counted.ExpiresAt);

        EmailState released = counted.Released(s_ada, s_now)!;
        Assert.Equal(counted.Mails, released.Mails);
        Assert.Equal(s_now + TimeSpan.FromDays(1), released.ExpiresAt);
        Assert.False(released.HasNothing());

        EmailState claimed = released.Claimed(s_bob, null, s_now)!;
        Assert.Equal(counted.Mails, claimed.Mails);
        Assert.Null(claimed.ExpiresAt);
    }

    [Fact]
    public void Expired_mail_counts_are_dropped_when_the_owner_changes()
    {
        EmailState counted = Counted(s_adas, MailKind.VerifyEmail);
        DateTimeOffset later = s_now + TimeSpan.FromDays(1);

        Assert.True(counted.Released(s_ada, later)!.HasNothing());
        Assert.Empty(counted.Claimed(s_bob, s_ada, later)!.Mails);
        Assert.Single(Next(counted, MailKind.VerifyEmail, later)!.Mails);
    }

    [Fact]
    public void Mail_to_an_email_without_an_owner_is_counted_for_a_day()
    {
        EmailState counted = Counted(s_none, MailKind.RegistrationTried);

        Assert.Null(counted.Owner());
        Assert.Equal(s_now + TimeSpan.FromDays(1), counted.ExpiresAt);
    }

    [Fact]
    public void Mail_is_counted_once_however_often_its_budget_is_asked_for()
    {
        Guid mail = Guid.NewGuid();
        (bool mayBeSent, EmailState? next) = s_adas.Count(MailKind.ResetPassword, mail, s_now);
        EmailState counted = next!;

        Assert.True(mayBeSent);
        Assert.Equal((true, null), counted.Count(MailKind.ResetPassword, mail, s_now));
        Assert.Equal((false, null), counted.Count(MailKind.ResetPassword, Guid.NewGuid(), s_now));
        Assert.Equal(s_ada, counted.Owner());
    }

    private static EmailState? Next(EmailState state, MailKind kind, DateTimeOffset now) =>
        state.Count(kind, Guid.NewGuid(), now).Next;

    private static EmailState Counted(EmailState state, MailKind kind) => Next(state, kind, s_now)!;
}
