using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>The email: verified, changed; and the mails that an account sends.</summary>
public sealed class EmailTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Whoever_is_not_known_to_the_account_starts_it_over(bool isTheirs, bool startsOver)
    {
        Account account = Given.Registered(verified: false);

        Decision<ConfirmVerificationResult> decision = account.ConfirmVerification(
            Given.Link(account, MailKind.VerifyAddress),
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
        Assert.All(decision.Ends, e => Assert.Equal(SessionEndReason.AddressProved, e.Reason));
    }

    [Fact]
    public void An_account_is_started_over_only_where_that_is_asked_for()
    {
        Account account = Given.Registered(verified: false);
        Secret token = Given.Link(account, MailKind.VerifyAddress);

        Decision<ConfirmVerificationResult> unasked = account.ConfirmVerification(
            token,
            false,
            false,
            null,
            null,
            Given.Context()
        );
        Decision<ConfirmVerificationResult> wrong = account.ConfirmVerification(
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
    public void A_link_that_was_used_says_that_the_email_is_verified()
    {
        Account account = Given.Registered(verified: false);
        Secret token = Given.Link(account, MailKind.VerifyAddress);
        Account verified = account
            .ConfirmVerification(token, true, false, null, null, Given.Context())
            .Next!;

        Decision<ConfirmVerificationResult> again = verified.ConfirmVerification(
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
    public void A_change_of_the_email_is_confirmed_with_the_new_one_and_both_are_notified()
    {
        Account account = Given.Registered();
        account = account
            .ChangeEmail(Given.CallerOf(account), Given.OtherEmail, Given.Context())
            .Next!;

        Decision<ConfirmEmailChangeResult> decision = account.ConfirmEmailChange(
            Given.Link(account, MailKind.ConfirmNewAddress),
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
    public void The_last_new_email_that_was_asked_for_counts()
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
                    Given.Link(first, MailKind.ConfirmNewAddress),
                    null,
                    Given.Context()
                )
                .Result(new())
        );
        Assert.Equal("ada@example.com", second.NewEmail);
    }

    [Fact]
    public void No_more_new_emails_are_mailed_to_than_allowed_and_nobody_is_told()
    {
        Account account = Given.Registered();
        for (int i = 0; i < new AccountRules().MailsPerHour; i++)
            account = account
                .ChangeEmail(Given.CallerOf(account), $"ada-{i}@example.net", Given.Context())
                .Next!;

        Decision<ChangeEmailResult> decision = account.ChangeEmail(
            Given.CallerOf(account),
            Given.OtherEmail,
            Given.Context()
        );

        Assert.IsType<ChangeEmailResult.Asked>(decision.Result(new()));
        Assert.Null(decision.Next);
    }

    [Fact]
    public void An_email_that_is_verified_is_not_verified_again()
    {
        Account account = Given.Registered();

        Assert.IsType<SendVerificationResult.AlreadyVerified>(
            account.SendVerification(Given.CallerOf(account), Given.Context()).Result(new())
        );
    }

    [Theory]
    [InlineData(true, MailKind.RegistrationTried)]
    [InlineData(false, MailKind.VerifyAddress)]
    public void The_owner_is_notified_of_a_registration_attempt(bool isVerified, MailKind kind) =>
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

    [Theory]
    [InlineData(true, false, true, 0)]
    [InlineData(false, true, true, 1)]
    [InlineData(false, false, false, 0)]
    public void A_mail_is_gone_when_it_was_sent_or_is_given_up(
        bool wasSent,
        bool mayRetry,
        bool isKept,
        int left
    )
    {
        Account account = Given.Registered().NotifyWrongCodes(Given.Device, Given.Context()).Next!;

        Decision<bool> decision = account.MailTried(
            account.Outbox[0].Id,
            wasSent,
            mayRetry,
            Given.Context()
        );

        Assert.Equal(isKept, decision.Result(new()));
        Assert.Equal(left, decision.Next!.Outbox.Count);
    }

    [Fact]
    public void A_mail_is_given_up_after_seven_retries_or_when_its_link_expires_first()
    {
        Account account = Given.Registered().NotifyWrongCodes(Given.Device, Given.Context()).Next!;
        int tries = 0;
        while (account.Outbox.Count > 0 && tries++ < 20)
            account = account.MailTried(account.Outbox[0].Id, false, true, Given.Context()).Next!;
        Account reset = Given.Registered().ForgotPassword(Given.Context()).Next!;

        Decision<bool> late = reset.MailTried(
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
