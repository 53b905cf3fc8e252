using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Verifying and changing the email, and the emails that an account sends.</summary>
public sealed class EmailTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Verification_without_the_password_or_a_session_starts_the_account_over(
        bool isTheirs,
        bool startsOver
    )
    {
        Account account = Given.Registered(verified: false);

        AccountDecision<ConfirmVerificationResult> decision = account.ConfirmVerification(
            Given.Link(account, MailKind.VerifyEmail),
            isTheirs,
            startOver: true,
            device: null,
            OperationId.New(),
            Given.Context()
        );

        Assert.Equal(
            new ConfirmVerificationResult.Verified(Given.Email, startsOver, Already: false),
            decision.Result(new())
        );
        Assert.Equal(Given.Now, decision.Next!.EmailVerifiedAt);
        Assert.Equal(startsOver, decision.Next.PasswordHash is null);
        Assert.Equal(startsOver ? 1 : 0, decision.Ends.Count);
        Assert.All(decision.Ends, e => Assert.Equal(SessionEndReason.EmailVerified, e.Reason));
    }

    [Fact]
    public void Account_is_started_over_only_when_that_is_asked_for()
    {
        Account account = Given.Registered(verified: false);
        Secret token = Given.Link(account, MailKind.VerifyEmail);

        AccountDecision<ConfirmVerificationResult> unasked = account.ConfirmVerification(
            token,
            false,
            false,
            null,
            null,
            Given.Context()
        );
        AccountDecision<ConfirmVerificationResult> wrong = account.ConfirmVerification(
            token,
            null,
            true,
            null,
            null,
            Given.Context()
        );

        Assert.IsType<ConfirmVerificationResult.StartOverNeeded>(unasked.Result(new()));
        Assert.IsType<ConfirmVerificationResult.WrongPassword>(wrong.Result(new()));
        Assert.Null(unasked.Next);
        Assert.Null(wrong.Next);
    }

    [Fact]
    public void Used_link_answers_that_the_email_is_verified()
    {
        Account account = Given.Registered(verified: false);
        Secret token = Given.Link(account, MailKind.VerifyEmail);
        Account verified = account
            .ConfirmVerification(token, true, false, null, null, Given.Context())
            .Next!;

        AccountDecision<ConfirmVerificationResult> again = verified.ConfirmVerification(
            token,
            true,
            false,
            null,
            null,
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.True(Assert.IsType<ConfirmVerificationResult.Verified>(again.Result(new())).Already);
    }

    [Fact]
    public void Email_change_is_confirmed_at_the_new_email_and_both_are_notified()
    {
        Account account = Given.Registered();
        account = account
            .ChangeEmail(Given.CallerOf(account), Given.OtherEmail, Given.Context())
            .Next!;

        AccountDecision<ConfirmEmailChangeResult> decision = account.ConfirmEmailChange(
            Given.Link(account, MailKind.ConfirmNewEmail),
            operation: null,
            Given.Context()
        );

        Assert.Equal(Given.OtherEmail, decision.Next!.Email);
        Assert.Equal([Given.Email], decision.Next.Releasing);
        Assert.Equal([Given.Email, Given.OtherEmail], decision.Mails.Select(mail => mail.To));
        Assert.Equal(account.Stamp + 1, decision.Next.Stamp);
        Assert.Empty(decision.Ends);
    }

    [Fact]
    public void Last_requested_email_counts()
    {
        Account account = Given.Registered();
        Account first = account
            .ChangeEmail(Given.CallerOf(account), Given.OtherEmail, Given.Context())
            .Next!;
        Account second = first
            .ChangeEmail(Given.CallerOf(first), "ada@example.com", Given.Context())
            .Next!;

        Assert.IsType<ConfirmEmailChangeResult.LinkRefused>(
            second
                .ConfirmEmailChange(
                    Given.Link(first, MailKind.ConfirmNewEmail),
                    null,
                    Given.Context()
                )
                .Result(new())
        );
        Assert.Equal("ada@example.com", second.NewEmail);
    }

    [Fact]
    public void New_emails_beyond_the_budget_get_no_mail_and_the_answer_is_the_same()
    {
        Account account = Given.Registered();
        for (int i = 0; i < new AccountRules().MailsPerHour; i++)
            account = account
                .ChangeEmail(Given.CallerOf(account), $"ada-{i}@example.net", Given.Context())
                .Next!;

        AccountDecision<ChangeEmailResult> decision = account.ChangeEmail(
            Given.CallerOf(account),
            Given.OtherEmail,
            Given.Context()
        );

        Assert.IsType<ChangeEmailResult.Asked>(decision.Result(new()));
        Assert.Null(decision.Next);
    }

    [Fact]
    public void Verified_email_is_not_verified_again()
    {
        Account account = Given.Registered();

        Assert.IsType<SendVerificationResult.AlreadyVerified>(
            account.SendVerification(Given.CallerOf(account), Given.Context()).Result(new())
        );
    }

    [Theory]
    [InlineData(true, MailKind.RegistrationTried)]
    [InlineData(false, MailKind.VerifyEmail)]
    public void Owner_is_notified_of_a_registration_attempt(bool isVerified, MailKind kind) =>
        Assert.Equal(
            kind,
            Assert
                .Single(
                    Given.Registered(isVerified).NotifyRegistrationAttempt(Given.Context()).Mails
                )
                .Kind
        );

    [Fact]
    public void Notifications_beyond_two_an_hour_wait_and_become_one_mail()
    {
        Account account = Given.Registered();
        for (int i = 0; i < 5; i++)
            account = account.NotifyWrongCodes(Given.Device, Given.Context()).Next!;

        Assert.Equal([1, 1, 3], account.Outbox.Select(mail => mail.Count));
        Assert.Equal(Given.Now + TimeSpan.FromMinutes(15), account.Outbox[^1].NextTryAt);
    }

    [Fact]
    public void Notification_about_one_second_factor_does_not_wait_for_one_about_another()
    {
        Account account = Given.Registered();
        for (int i = 0; i < 4; i++)
            account = Told(account, AuthenticationMethod.Totp);

        account = Told(account, AuthenticationMethod.RecoveryCode);

        Assert.Equal([1, 1, 2, 1], account.Outbox.Select(mail => mail.Count));
        Assert.Equal(Given.Now, account.Outbox[^1].NextTryAt);

        static Account Told(Account account, AuthenticationMethod method) =>
            account.WithMail(
                MailKind.SecondFactorAdded,
                Given.Email,
                Given.Context(),
                method: method
            );
    }

    [Theory]
    [InlineData(true, false, true, 0)]
    [InlineData(false, true, true, 1)]
    [InlineData(false, false, false, 0)]
    public void Mail_leaves_the_outbox_when_it_is_sent_or_given_up(
        bool wasSent,
        bool mayRetry,
        bool isKept,
        int left
    )
    {
        Account account = Given.Registered().NotifyWrongCodes(Given.Device, Given.Context()).Next!;

        AccountDecision<bool> decision = account.RecordSendResult(
            account.Outbox[0].Id,
            wasSent,
            mayRetry,
            Given.Context()
        );

        Assert.Equal(isKept, decision.Result(new()));
        Assert.Equal(left, decision.Next!.Outbox.Count);
    }

    [Fact]
    public void Mail_is_given_up_after_seven_retries_or_when_its_link_expires_first()
    {
        Account account = Given.Registered().NotifyWrongCodes(Given.Device, Given.Context()).Next!;
        int tries = 0;
        while (account.Outbox.Count > 0 && tries++ < 20)
            account = account
                .RecordSendResult(account.Outbox[0].Id, false, true, Given.Context())
                .Next!;
        Account reset = Given.Registered().ForgotPassword(Given.Context()).Next!;

        AccountDecision<bool> late = reset.RecordSendResult(
            reset.Outbox[0].Id,
            false,
            true,
            Given.Context(after: TimeSpan.FromMinutes(30))
        );

        Assert.Equal(8, tries);
        Assert.Empty(late.Next!.Outbox);
        Assert.False(late.Result(new()));
    }
}
