using SessionAuth.Domain.Accounts;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>The outbox: which emails are due, when they are retried, and which link they carry.</summary>
public sealed class MailsTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void Mail_is_due_from_its_time_on_unless_it_is_being_sent()
    {
        Account account = With(Mail("now"), Mail("later") with { NextTryAt = Given.Now + s_tick });

        Assert.Equal("now", Assert.Single(account.DueMails(Given.Now, _ => false)).Id);
        Assert.Equal(
            "later",
            Assert.Single(account.DueMails(Given.Now + s_tick, id => id == "now")).Id
        );
    }

    [Fact]
    public void Retries_back_off_for_hours()
    {
        Account account = With(Mail("mail"));
        List<TimeSpan> pauses = [];
        while (Retried(account, "mail") is { Outbox: [var mail] } next)
        {
            pauses.Add(mail.NextTryAt - Given.Now);
            account = next;
        }

        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(7, pauses.Distinct().Count());
        Assert.Equal(TimeSpan.FromSeconds(15), pauses[0]);
        Assert.Equal(TimeSpan.FromHours(8), pauses[^1]);
    }

    [Fact]
    public void Attempt_changes_no_other_mail()
    {
        Account account = With(Mail("first"), Mail("tried"), Mail("last"));

        AccountDecision<bool> sent = account.RecordSendResult(
            "tried",
            true,
            false,
            Given.Context()
        );
        Account again = Retried(account, "tried");

        Assert.Equal(["first", "last"], sent.Next!.Outbox.Select(mail => mail.Id));
        Assert.Equal([0, 1, 0], again.Outbox.Select(mail => mail.Tries));
    }

    [Fact]
    public void Attempt_for_a_removed_mail_changes_nothing()
    {
        AccountDecision<bool> decision = With(Mail("mail"))
            .RecordSendResult("another", false, true, Given.Context());

        Assert.True(decision.Result(new()));
        Assert.Null(decision.Next);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Mail_is_retried_while_its_link_is_valid(long ticksBeyond, bool isKept)
    {
        DateTimeOffset nextTry = Given.Now + TimeSpan.FromSeconds(15);
        Account account = With(Mail("mail") with { Link = "its own" }) with
        {
            Links =
            [
                Link("its own", nextTry + TimeSpan.FromTicks(ticksBeyond)),
                Link("another", nextTry + s_hour),
            ],
        };

        Assert.Equal(isKept ? 1 : 0, Retried(account, "mail").Outbox.Count);
    }

    [Fact]
    public void Link_is_valid_for_the_time_of_its_kind_and_replaces_expired_links()
    {
        Account account = With() with
        {
            Links = [Link("expired", Given.Now), Link("good", Given.Now + s_tick)],
        };

        Account next = account.NotifyRegistrationAttempt(Given.Context()).Next!;

        Assert.Equal("good", next.Links[0].Nonce);
        Assert.Equal(Given.Now + TimeSpan.FromHours(24), next.Links[1].ExpiresAt);
        Assert.Equal(next.Links[1].Nonce, Assert.Single(next.Outbox).Link);
        Assert.Equal(2, next.Links.Count);
    }

    [Theory]
    [InlineData(MailKind.ResetPassword, Given.Email, 20, true)]
    [InlineData(MailKind.ResetPassword, Given.Email, 19, false)]
    [InlineData(MailKind.ResetPassword, Given.OtherEmail, 20, false)]
    [InlineData(MailKind.VerifyEmail, Given.Email, 20, false)]
    public void Reset_link_is_mailed_again_while_it_is_valid_for_long_enough(
        MailKind kind,
        string email,
        int goodForMinutes,
        bool isSame
    )
    {
        MailedLink link = new(kind, "nonce", email, Given.Now.AddMinutes(goodForMinutes));
        Account account = With() with { Links = [link] };

        Account next = account.ForgotPassword(Given.Context()).Next!;

        Assert.Equal(isSame, Assert.Single(next.Outbox).Link == "nonce");
        Assert.Equal(isSame ? 1 : 2, next.Links.Count);
        Assert.Equal(
            isSame ? link.ExpiresAt : Given.Now + TimeSpan.FromMinutes(30),
            next.Links[^1].ExpiresAt
        );
    }

    private static Account With(params WaitingMail[] mails) =>
        Given.Registered(verified: false) with
        {
            Outbox = mails,
            Links = [],
        };

    private static WaitingMail Mail(string id) =>
        new(id, MailKind.WrongCodes, Given.Email, Given.Now, Given.Now);

    private static MailedLink Link(string nonce, DateTimeOffset expiresAt) =>
        new(MailKind.ConfirmNewEmail, nonce, Given.Email, expiresAt);

    private static Account Retried(Account account, string id) =>
        account.RecordSendResult(id, wasSent: false, mayRetry: true, Given.Context()).Next!;
}
