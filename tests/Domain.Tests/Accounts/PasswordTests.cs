using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>The password: changed, forgotten, reset.</summary>
public sealed class PasswordTests
{
    [Fact]
    public void A_changed_password_ends_every_session_but_the_one_that_asks()
    {
        Account account = Given.WithSessions(3);

        Decision<ChangePasswordResult> decision = account.ChangePassword(
            Given.CallerOf(account),
            Given.NewHash,
            Given.Context()
        );

        Assert.Equal(Given.NewHash, decision.Next!.PasswordHash);
        Assert.Equal(
            account.Sessions.Skip(1).Select(session => session.Id),
            decision.Ends.Select(ending => ending.Id)
        );
        Assert.All(
            decision.Ends,
            ending => Assert.Equal(SessionEndReason.PasswordChanged, ending.Reason)
        );
        Assert.Equal(Given.CallerOf(account).Session, decision.Renews!.Session);
        Assert.Null(decision.Renews.Proof);
        Assert.Equal(Finishing.Required, decision.Finishing);
    }

    [Fact]
    public void A_changed_password_voids_links_and_a_change_of_the_email_and_notifies_the_owner()
    {
        Account account = Given.Registered();
        account = account.ForgotPassword(Given.Context()).Next!;
        account = account
            .ChangeEmail(Given.CallerOf(account), Given.OtherEmail, Given.Context())
            .Next!;

        Decision<ChangePasswordResult> decision = account.ChangePassword(
            Given.CallerOf(account),
            Given.NewHash,
            Given.Context()
        );

        Assert.Empty(decision.Next!.Links);
        Assert.Null(decision.Next.NewEmail);
        Assert.Equal(MailKind.PasswordChanged, Assert.Single(decision.Mails).Kind);
        Assert.Equal(account.Stamp + 1, decision.Next.Stamp);
        Assert.Equal(account.DeviceEpoch + 1, decision.Next.DeviceEpoch);
    }

    [Fact]
    public void A_change_with_a_wrong_password_changes_nothing_and_is_noted()
    {
        Account account = Given.Registered();

        Decision<ChangePasswordResult> decision = account.RefusePasswordChange(
            Given.CallerOf(account),
            Given.Context()
        );

        Assert.IsType<ChangePasswordResult.WrongPassword>(decision.Result(new()));
        Assert.Null(decision.Next);
        Assert.Equal(AccountEventKind.SignInFailed, decision.Noted!.Kind);
    }

    [Fact]
    public void A_change_that_is_repeated_changes_nothing_and_renews_the_tokens_again()
    {
        Account account = Given.WithSessions(2);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Account changed = account.ChangePassword(caller, Given.NewHash, Given.Context()).Next!;

        Decision<ChangePasswordResult> again = changed.ChangePassword(
            caller,
            "another hash",
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal(caller.Session, again.Renews!.Session);
        Assert.IsType<ChangePasswordResult.Changed>(again.Result(new()));
    }

    [Fact]
    public void A_forgotten_password_is_mailed_a_link_once_while_the_mail_waits()
    {
        Account account = Given.Registered();

        Decision first = account.ForgotPassword(Given.Context());
        Decision second = first.Next!.ForgotPassword(Given.Context());

        Assert.Equal(MailKind.ResetPassword, Assert.Single(first.Mails).Kind);
        Assert.Equal(new BudgetedMail(MailKind.ResetPassword, Given.Email), first.Budget);
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(11, false)]
    public void All_mails_of_a_while_lead_to_the_same_link(int minutes, bool isSame)
    {
        Account asked = Given.Registered().ForgotPassword(Given.Context()).Next!;
        string first = asked.Links[^1].Nonce;
        Account sent = asked with { Outbox = [] };

        Account again = sent.ForgotPassword(
            Given.Context(after: TimeSpan.FromMinutes(minutes))
        ).Next!;

        Assert.Equal(isSame, again.Links[^1].Nonce == first);
    }

    [Fact]
    public void An_email_without_an_account_is_counted_and_soon_forgotten()
    {
        Account nobody = Account.Unused;
        for (int i = 0; i < new AccountRules().MailsPerHour; i++)
            nobody = nobody.ForgotPassword(Given.Context()).Next!;

        Assert.Null(nobody.Email);
        Assert.Empty(nobody.Outbox);
        Assert.NotNull(nobody.ExpiresAt);
        Assert.Null(nobody.ForgotPassword(Given.Context()).Next);
    }

    [Fact]
    public void A_reset_ends_every_session_signs_nobody_in_and_keeps_the_second_factor()
    {
        (Account account, _, _) = Given.WithTotp();
        account = account.ForgotPassword(Given.Context()).Next!;

        Decision<ResetPasswordResult> decision = account.ResetPassword(
            Given.Link(account, MailKind.ResetPassword),
            Given.NewHash,
            operation: null,
            Given.Context()
        );

        Assert.Equal(
            account.Sessions.Count,
            decision.Ends.Count(e => e.Reason == SessionEndReason.PasswordChanged)
        );
        Assert.Null(decision.Starts);
        Assert.Null(decision.Renews);
        Assert.NotNull(decision.Next!.Totp);
        Assert.Empty(decision.Next.Links);
        Assert.Equal(
            decision.Next.MarkOf(SessionId.Parse(decision.Next.Devices.Single().Session)),
            Assert.IsType<ResetPasswordResult.Reset>(decision.Result(new())).Mark
        );
    }

    [Fact]
    public void The_first_proof_of_an_email_by_a_reset_leaves_nothing_of_whoever_registered_it()
    {
        Account account = Given.Registered(verified: false).ForgotPassword(Given.Context()).Next!;

        Decision<ResetPasswordResult> decision = account.ResetPassword(
            Given.Link(account, MailKind.ResetPassword),
            Given.NewHash,
            operation: null,
            Given.Context()
        );

        Assert.Equal(Given.Now, decision.Next!.EmailVerifiedAt);
        Assert.Equal(SessionEndReason.AddressProved, Assert.Single(decision.Ends).Reason);
    }

    [Fact]
    public void A_reset_that_is_repeated_answers_the_same_mark()
    {
        OperationId operation = OperationId.New();
        Account account = Given.Registered().ForgotPassword(Given.Context()).Next!;
        Secret token = Given.Link(account, MailKind.ResetPassword);
        Decision<ResetPasswordResult> first = account.ResetPassword(
            token,
            Given.NewHash,
            operation,
            Given.Context()
        );

        Decision<ResetPasswordResult> again = first.Next!.ResetPassword(
            token,
            Given.NewHash,
            operation,
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal(first.Result(new()), again.Result(new()));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("used")]
    [InlineData("another")]
    [InlineData("for something else")]
    public void A_link_that_is_not_good_resets_nothing(string link)
    {
        Account account = Given.Registered(verified: false).ForgotPassword(Given.Context()).Next!;
        Secret token =
            link == "for something else"
                ? Given.Link(account, MailKind.VerifyAddress)
                : Given.Link(account, MailKind.ResetPassword);
        if (link == "another")
            token = new(token.Text + "x");
        if (link == "used")
            account = account.ResetPassword(token, Given.NewHash, null, Given.Context()).Next!;
        AccountContext context = Given.Context(
            after: link == "expired" ? TimeSpan.FromMinutes(30) : default
        );

        Decision<ResetPasswordResult> decision = account.ResetPassword(
            token,
            Given.NewHash,
            null,
            context
        );

        Assert.IsType<ResetPasswordResult.LinkRefused>(decision.Result(new()));
        Assert.Null(decision.Next);
    }
}
