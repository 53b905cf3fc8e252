using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Changing and resetting the password.</summary>
public sealed class PasswordTests
{
    [Fact]
    public void Password_change_ends_every_session_but_the_calling_one()
    {
        Account account = Given.WithSessions(3);

        AccountDecision<ChangePasswordResult> decision = account.ChangePassword(
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
    public void Password_change_voids_links_and_a_pending_email_change_and_notifies_the_owner()
    {
        Account account = Given.Registered();
        account = account.ForgotPassword(Given.Context()).Next!;
        account = account
            .ChangeEmail(Given.CallerOf(account), Given.OtherEmail, Given.Context())
            .Next!;

        AccountDecision<ChangePasswordResult> decision = account.ChangePassword(
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
    public void Password_change_with_a_wrong_password_changes_nothing_and_is_recorded()
    {
        Account account = Given.Registered();

        AccountDecision<ChangePasswordResult> decision = account.ChangePassword(
            Given.CallerOf(account),
            account.Ticket(isRight: false),
            Given.Context()
        )!;

        Assert.IsType<ChangePasswordResult.WrongPassword>(decision.Result(new()));
        Assert.Null(decision.Next);
        Assert.Equal(AccountEventKind.SignInFailed, decision.Noted!.Kind);
    }

    [Fact]
    public void Repeated_password_change_changes_nothing_and_renews_the_tokens_again()
    {
        Account account = Given.WithSessions(2);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Account changed = account.ChangePassword(caller, Given.NewHash, Given.Context()).Next!;

        AccountDecision<ChangePasswordResult> again = changed.ChangePassword(
            caller,
            "another hash",
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal(caller.Session, again.Renews!.Session);
        Assert.IsType<ChangePasswordResult.Changed>(again.Result(new()));
    }

    [Fact]
    public void Reset_request_is_mailed_once_while_the_mail_waits()
    {
        Account account = Given.Registered();

        AccountDecision first = account.ForgotPassword(Given.Context());
        AccountDecision second = first.Next!.ForgotPassword(Given.Context());

        Assert.Equal(MailKind.ResetPassword, Assert.Single(first.Mails).Kind);
        Assert.Equal(new BudgetedMail(MailKind.ResetPassword, Given.Email), first.Budget);
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(11, false)]
    public void Reset_mails_within_a_short_time_have_the_same_link(int minutes, bool isSame)
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
    public void Unknown_email_is_counted_and_soon_forgotten()
    {
        Account unknown = Account.Unused;
        for (int i = 0; i < new AccountRules().MailsPerHour; i++)
            unknown = unknown.ForgotPassword(Given.Context()).Next!;

        Assert.Null(unknown.Email);
        Assert.Empty(unknown.Outbox);
        Assert.NotNull(unknown.ExpiresAt);
        Assert.Null(unknown.ForgotPassword(Given.Context()).Next);
    }

    [Fact]
    public void Reset_ends_every_session_starts_none_and_keeps_the_second_factor()
    {
        (Account account, _, _) = Given.WithTotp();
        account = account.ForgotPassword(Given.Context()).Next!;

        AccountDecision<ResetPasswordResult> decision = account.ResetPassword(
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
        Assert.NotNull(decision.Next!.OtpOf(AuthenticationMethod.Totp));
        Assert.Empty(decision.Next.Links);
        Assert.Equal(
            decision.Next.MarkOf(SessionId.Parse(decision.Next.Devices.Single().Session)),
            Assert.IsType<ResetPasswordResult.Reset>(decision.Result(new())).Mark
        );
    }

    [Fact]
    public void First_verification_by_a_reset_removes_everything_from_before()
    {
        Account account = Given.Registered(verified: false).ForgotPassword(Given.Context()).Next!;

        AccountDecision<ResetPasswordResult> decision = account.ResetPassword(
            Given.Link(account, MailKind.ResetPassword),
            Given.NewHash,
            operation: null,
            Given.Context()
        );

        Assert.Equal(Given.Now, decision.Next!.EmailVerifiedAt);
        Assert.Equal(Given.NewHash, decision.Next.PasswordHash);
        Assert.Equal(SessionEndReason.EmailVerified, Assert.Single(decision.Ends).Reason);
    }

    [Fact]
    public void Reset_reports_a_first_verification_only_for_an_unverified_email()
    {
        Account account = Given.Registered().ForgotPassword(Given.Context()).Next!;

        Account next = account
            .ResetPassword(
                Given.Link(account, MailKind.ResetPassword),
                Given.NewHash,
                operation: null,
                Given.Context(after: TimeSpan.FromMinutes(5))
            )
            .Next!;

        Assert.Equal(Given.Now, next.EmailVerifiedAt);
    }

    [Fact]
    public void Repeated_reset_answers_with_the_same_device_mark()
    {
        OperationId operation = OperationId.New();
        Account account = Given.Registered().ForgotPassword(Given.Context()).Next!;
        Secret token = Given.Link(account, MailKind.ResetPassword);
        AccountDecision<ResetPasswordResult> first = account.ResetPassword(
            token,
            Given.NewHash,
            operation,
            Given.Context()
        );

        AccountDecision<ResetPasswordResult> again = first.Next!.ResetPassword(
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
    [InlineData("of another kind")]
    public void Invalid_link_resets_nothing(string link)
    {
        Account account = Given.Registered(verified: false).ForgotPassword(Given.Context()).Next!;
        Secret token =
            link == "of another kind"
                ? Given.Link(account, MailKind.VerifyEmail)
                : Given.Link(account, MailKind.ResetPassword);
        if (link == "another")
            token = new(token.Text + "x");
        if (link == "used")
            account = account.ResetPassword(token, Given.NewHash, null, Given.Context()).Next!;
        AccountContext context = Given.Context(
            after: link == "expired" ? TimeSpan.FromMinutes(30) : default
        );

        AccountDecision<ResetPasswordResult> decision = account.ResetPassword(
            token,
            Given.NewHash,
            null,
            context
        );

        Assert.IsType<ResetPasswordResult.LinkRefused>(decision.Result(new()));
        Assert.Null(decision.Next);
    }
}
