using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Changing the email: requested in a session, confirmed by a link that is mailed to the new email.</summary>
public sealed class EmailChangeTests
{
    [Fact]
    public void Change_is_mailed_to_the_new_email_once_per_call()
    {
        Account account = Given.Registered(verified: false);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());

        AccountDecision<ChangeEmailResult> first = Ask(account, caller);
        AccountDecision<ChangeEmailResult> again = Ask(first.Next!, caller);

        WaitingMail mail = Assert.Single(first.Mails);
        Assert.Equal((MailKind.ConfirmNewEmail, Given.OtherEmail), (mail.Kind, mail.To));
        Assert.Equal(Given.Device, mail.Device);
        Assert.Equal(new BudgetedMail(mail.Kind, mail.To), first.Budget);
        Assert.Equal(
            new(
                Given.Now,
                AccountEventKind.EmailChangeRequested,
                Device: Given.Device,
                Detail: Given.OtherEmail
            ),
            first.Next!.Activity[0]
        );
        Assert.Contains(first.Next.Links, link => link.Kind == MailKind.VerifyEmail);
        Assert.IsType<ChangeEmailResult.Asked>(again.Result(new()));
        Assert.Null(again.Next);
    }

    [Fact]
    public void Change_to_the_current_email_sends_nothing_and_answers_as_usual()
    {
        Account account = Given.Registered();

        AccountDecision<ChangeEmailResult> decision = account.ChangeEmail(
            Given.CallerOf(account),
            Given.Email,
            Given.Context()
        );

        Assert.IsType<ChangeEmailResult.Asked>(decision.Result(new()));
        Assert.Null(decision.Next);
    }

    [Fact]
    public void Repeated_confirmation_gets_the_same_answer_and_changes_nothing()
    {
        Account asked = Asked();
        Secret token = Given.Link(asked, MailKind.ConfirmNewEmail);
        OperationId operation = OperationId.New();

        AccountDecision<ConfirmEmailChangeResult> first = asked.ConfirmEmailChange(
            token,
            operation,
            Given.Context()
        );
        AccountDecision<ConfirmEmailChangeResult> again = first.Next!.ConfirmEmailChange(
            token,
            operation,
            Given.Context()
        );

        Assert.Equal(new ConfirmEmailChangeResult.Changed(Given.OtherEmail), first.Result(new()));
        Assert.Equal(first.Result(new()), again.Result(new()));
        Assert.Equal(Finishing.Attempted, first.Finishing);
        Assert.Equal(Finishing.Attempted, again.Finishing);
        Assert.Null(again.Next);
    }

    [Fact]
    public void Confirmation_verifies_the_new_email_and_voids_every_link()
    {
        Account asked = Asked().ForgotPassword(Given.Context()).Next!;
        AccountContext later = Given.Context(after: TimeSpan.FromMinutes(1));

        Account next = asked
            .ConfirmEmailChange(Given.Link(asked, MailKind.ConfirmNewEmail), operation: null, later)
            .Next!;

        Assert.Equal(later.Now, next.EmailVerifiedAt);
        Assert.Null(next.NewEmail);
        Assert.Empty(next.Links);
        Assert.Equal(
            new(later.Now, AccountEventKind.EmailChanged, Detail: Given.OtherEmail),
            next.Activity[0]
        );
        Assert.All(
            next.Outbox.Where(mail => mail.Kind == MailKind.EmailChanged),
            mail => Assert.Equal(Given.OtherEmail, mail.Detail)
        );
    }

    [Fact]
    public void Unverified_old_email_is_not_notified_of_its_change()
    {
        Account asked = Asked(verified: false);

        AccountDecision<ConfirmEmailChangeResult> decision = asked.ConfirmEmailChange(
            Given.Link(asked, MailKind.ConfirmNewEmail),
            operation: null,
            Given.Context()
        );

        Assert.Equal(Given.OtherEmail, Assert.Single(decision.Mails).To);
    }

    [Fact]
    public void Link_changes_nothing_without_a_pending_change()
    {
        Account asked = Asked();
        Secret token = Given.Link(asked, MailKind.ConfirmNewEmail);
        OperationId operation = OperationId.New();
        Account changed = asked.ConfirmEmailChange(token, operation, Given.Context()).Next!;

        foreach (
            Account account in (Account[])
                [Given.Registered(), changed with { Email = null }, asked with { NewEmail = null }]
        )
        {
            AccountDecision<ConfirmEmailChangeResult> decision = account.ConfirmEmailChange(
                token,
                operation,
                Given.Context()
            );

            Assert.IsType<ConfirmEmailChangeResult.LinkRefused>(decision.Result(new()));
            Assert.Null(decision.Next);
        }
    }

    private static AccountDecision<ChangeEmailResult> Ask(Account account, Caller caller) =>
        account.ChangeEmail(caller, Given.OtherEmail, Given.Context());

    private static Account Asked(bool verified = true)
    {
        Account account = Given.Registered(verified);
        return Ask(account, Given.CallerOf(account)).Next!;
    }
}
