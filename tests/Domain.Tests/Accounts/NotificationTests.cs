using SessionAuth.Domain.Accounts;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>
/// Notifications of changes: two an hour are sent at once, later ones are collected. And how many emails a user can
/// request.
/// </summary>
public sealed class NotificationTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void Unverified_email_gets_no_notification()
    {
        Account account = Given.Registered(verified: false);

        Account next = account.NotifyWrongCodes(Given.Device, Given.Context()).Next!;

        Assert.Equal(account.Outbox, next.Outbox);
    }

    [Fact]
    public void Unknown_account_sends_no_notification() =>
        Assert.Null(Account.Unused.NotifyWrongCodes(Given.Device, Given.Context()).Next);

    [Fact]
    public void Decision_without_a_change_ends_no_session_and_sends_no_mail()
    {
        AccountDecision decision = new(Given.Registered(verified: false));

        Assert.Empty(decision.Ends);
        Assert.Empty(decision.Mails);
    }

    [Fact]
    public void Waiting_notification_is_merged_only_with_its_own_kind_and_recipient()
    {
        WaitingMail waits = Mail("waits") with { NextTryAt = Given.Now + s_tick, Count = 2 };
        Account account = Given.Registered() with
        {
            Outbox =
            [
                waits with
                {
                    Id = "another kind",
                    Kind = MailKind.PasskeyAdded,
                },
                waits with
                {
                    Id = "another recipient",
                    To = Given.OtherEmail,
                },
                Mail("due"),
                waits,
            ],
        };

        IReadOnlyList<WaitingMail> outbox = account
            .NotifyWrongCodes(Given.Device, Given.Context())
            .Next!.Outbox;

        Assert.Equal([2, 2, 1, 3], outbox.Select(mail => mail.Count));
        Assert.Equal(waits.NextTryAt, outbox[^1].NextTryAt);
        Assert.Equal(Given.Device, outbox[^1].Device);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Notification_is_sent_at_once_again_after_an_hour(long ticks, bool waits)
    {
        TimeSpan after = s_hour + TimeSpan.FromTicks(ticks);
        Account account = Given.Registered() with
        {
            AskedMails =
            [
                new(MailKind.WrongCodes, Given.Now),
                new(MailKind.WrongCodes, Given.Now + s_hour - TimeSpan.FromMinutes(5)),
                new(MailKind.PasskeyAdded, Given.Now + s_hour),
            ],
        };

        Account next = account.NotifyWrongCodes(Given.Device, Given.Context(after: after)).Next!;

        Assert.Equal(waits, Assert.Single(next.Outbox).NextTryAt > Given.Now + after);
        Assert.Equal(waits ? 4 : 3, next.AskedMails.Count);
    }

    [Fact]
    public void Notification_waits_for_a_quarter_of_an_hour_after_the_last_one_and_no_longer()
    {
        Account account = Given.Registered() with
        {
            AskedMails =
            [
                new(MailKind.WrongCodes, Given.Now),
                new(MailKind.WrongCodes, Given.Now + TimeSpan.FromMinutes(2)),
            ],
        };

        Assert.Equal(TimeSpan.FromMinutes(17), GoesAfter(TimeSpan.FromMinutes(10)));
        Assert.Equal(TimeSpan.FromMinutes(20), GoesAfter(TimeSpan.FromMinutes(20)));

        TimeSpan GoesAfter(TimeSpan after) =>
            account
                .NotifyWrongCodes(Given.Device, Given.Context(after: after))
                .Next!.Outbox[^1]
                .NextTryAt - Given.Now;
    }

    [Fact]
    public void Recovery_codes_that_are_replaced_soon_cause_one_notification()
    {
        (Account account, _, _) = Given.WithTotp();
        account = account with { Outbox = [] };
        for (int i = 0; i < 2; i++)
            account = account
                .MakeRecoveryCodes(
                    Given.CallerOf(account, Given.ByCode, operation: OperationId.New()),
                    Given.Context()
                )
                .Next!;

        WaitingMail mail = Assert.Single(account.Outbox);
        Assert.Equal(2, mail.Count);
        Assert.Equal(Given.Now + TimeSpan.FromMinutes(2), mail.NextTryAt);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Mails_can_be_requested_again_an_hour_later(long ticks, bool mayAsk)
    {
        Account account = Given.Registered();
        for (int i = 0; i < new AccountRules().MailsPerHour; i++)
            account = account
                .ChangeEmail(Given.CallerOf(account), $"ada-{i}@example.net", Given.Context())
                .Next!;
        AccountContext later = Given.Context(
            new() { ProofAge = TimeSpan.FromDays(1) },
            s_hour + TimeSpan.FromTicks(ticks)
        );

        Account? next = account.ChangeEmail(Given.CallerOf(account), Given.OtherEmail, later).Next;

        Assert.Equal(mayAsk, next is not null);
        Assert.True(next is null || next.AskedMails.Count == 1);
    }

    private static WaitingMail Mail(string id) =>
        new(id, MailKind.WrongCodes, Given.Email, Given.Now, Given.Now);
}
