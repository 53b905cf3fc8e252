using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Verifying the email: sending the mail again, repeated calls, and what remains of the account.</summary>
public sealed class VerificationTests
{
    [Fact]
    public void Verification_is_mailed_again_from_the_calling_device_once_per_call()
    {
        Account account = Given.Registered(verified: false);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());

        AccountDecision<SendVerificationResult> first = account.SendVerification(
            caller,
            Given.Context()
        );
        AccountDecision<SendVerificationResult> again = first.Next!.SendVerification(
            caller,
            Given.Context()
        );

        WaitingMail mail = Assert.Single(first.Mails);
        Assert.Equal((MailKind.VerifyEmail, Given.Email), (mail.Kind, mail.To));
        Assert.Equal(Given.Device, mail.Device);
        Assert.Equal(new BudgetedMail(MailKind.VerifyEmail, Given.Email), first.Budget);
        Assert.IsType<SendVerificationResult.Sent>(first.Result(new()));
        Assert.IsType<SendVerificationResult.Sent>(again.Result(new()));
        Assert.Null(again.Next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Repeated_verification_gets_the_first_answer_and_finishes_the_work(bool isTheirs)
    {
        Account account = Given.Registered(verified: false);
        OperationId operation = OperationId.New();

        AccountDecision<ConfirmVerificationResult> first = Confirm(account, isTheirs, operation);
        AccountDecision<ConfirmVerificationResult> again = Confirm(
            first.Next!,
            isTheirs,
            operation
        );

        Assert.Equal(first.Result(new()), again.Result(new()));
        Assert.Null(again.Next);
        Assert.Equal(Finishing.Required, again.Finishing);
        Assert.Equal(isTheirs ? Finishing.Later : Finishing.Required, first.Finishing);
    }

    [Fact]
    public void Link_answers_that_the_account_was_started_over_while_it_has_no_password()
    {
        Account account = Given.Registered(verified: false);

        Assert.False(AlreadyStartedOver(Confirm(account, isTheirs: true).Next!));
        Assert.True(AlreadyStartedOver(Confirm(account, isTheirs: false).Next!));

        bool AlreadyStartedOver(Account verified)
        {
            ConfirmVerificationResult result = verified
                .ConfirmVerification(
                    Given.Link(account, MailKind.VerifyEmail),
                    isTheirs: true,
                    startOver: true,
                    device: null,
                    operation: null,
                    Given.Context()
                )
                .Result(new());
            return Assert.IsType<ConfirmVerificationResult.Verified>(result).StartedOver;
        }
    }

    [Fact]
    public void Link_does_not_verify_a_deleted_account()
    {
        Account account = Given.Registered(verified: false);
        OperationId operation = OperationId.New();
        Account verified = Confirm(account, isTheirs: true, operation).Next!;

        foreach (Account gone in (Account[])[Account.Unused, verified with { Email = null }])
            Assert.IsType<ConfirmVerificationResult.LinkRefused>(
                gone.ConfirmVerification(
                        Given.Link(account, MailKind.VerifyEmail),
                        isTheirs: true,
                        startOver: true,
                        device: null,
                        operation,
                        Given.Context()
                    )
                    .Result(new())
            );
    }

    [Fact]
    public void Typed_password_is_checked_unless_a_session_identifies_the_owner()
    {
        Account account = Given.Registered(verified: false);
        PasswordTicket right = account.Ticket();
        PasswordTicket stale = right with { Stamp = right.Stamp - 1 };

        Assert.Null(Open(hasSession: false, password: null));
        Assert.Null(Open(hasSession: false, stale));
        Assert.NotNull(Open(hasSession: false, right)!.Next);
        Assert.NotNull(Open(hasSession: true, password: null)!.Next);

        AccountDecision<ConfirmVerificationResult>? Open(
            bool hasSession,
            PasswordTicket? password
        ) =>
            account.ConfirmVerification(
                new(
                    Given.Link(account, MailKind.VerifyEmail),
                    hasSession,
                    HasPassword: true,
                    StartOver: false,
                    Device: null,
                    Operation: null
                ),
                password,
                Given.Context()
            );
    }

    [Theory]
    [InlineData("of another email")]
    [InlineData("of another kind")]
    [InlineData("expired")]
    [InlineData("of another nonce")]
    public void Invalid_link_verifies_nothing(string link)
    {
        Account account = Given.Registered(verified: false);
        MailedLink mailed = Assert.Single(account.Links);
        account = account with
        {
            Links =
            [
                link switch
                {
                    "of another email" => mailed with { Email = Given.OtherEmail },
                    "of another kind" => mailed with { Kind = MailKind.ConfirmNewEmail },
                    "expired" => mailed with { ExpiresAt = Given.Now },
                    _ => mailed with { Nonce = "another" },
                },
            ],
        };
        Secret token = TestSecrets.LinkToken(
            Given.Id,
            MailKind.VerifyEmail,
            account.Links[0].Email,
            mailed.Nonce
        );

        AccountDecision<ConfirmVerificationResult> decision = account.ConfirmVerification(
            token,
            isTheirs: true,
            startOver: false,
            device: null,
            operation: null,
            Given.Context()
        );

        Assert.IsType<ConfirmVerificationResult.LinkRefused>(decision.Result(new()));
        Assert.Null(decision.Next);
    }

    [Fact]
    public void Account_that_is_started_over_keeps_only_its_factor_and_its_links()
    {
        Account unproved = Given.Registered(verified: false);
        unproved = unproved with { Otp = Given.WithTotp().Account.Otp };
        unproved = unproved.ForgotPassword(Given.Context()).Next!;
        unproved = unproved
            .ChangeEmail(Given.CallerOf(unproved, Given.ByCode), Given.OtherEmail, Given.Context())
            .Next!;

        AccountDecision<ConfirmVerificationResult> decision = Confirm(unproved, isTheirs: false);
        Account next = decision.Next!;

        Assert.Equal(unproved.Otp, next.Otp);
        Assert.Equal(MailKind.VerifyEmail, Assert.Single(next.Links).Kind);
        Assert.Null(next.NewEmail);
        Assert.Empty(next.Devices);
        Assert.Equal(unproved.Stamp + 1, next.Stamp);
        Assert.Contains(decision.Mails, mail => mail.Kind == MailKind.StartedOver);
    }

    [Fact]
    public void Verification_by_the_owner_leaves_the_account_unchanged()
    {
        Account account = Given.Registered(verified: false);

        AccountDecision<ConfirmVerificationResult> decision = account.ConfirmVerification(
            Given.Link(account, MailKind.VerifyEmail),
            isTheirs: true,
            startOver: true,
            Given.Device,
            operation: null,
            Given.Context()
        );
        Account next = decision.Next!;

        Assert.Equal(account.PasswordHash, next.PasswordHash);
        Assert.Equal(account.Stamp, next.Stamp);
        Assert.Equal(account.Devices, next.Devices);
        Assert.Empty(decision.Mails);
        AccountEvent happened = next.Activity[0];
        Assert.Equal(
            (AccountEventKind.EmailVerified, Given.Device),
            (happened.Kind, happened.Device)
        );
    }

    [Fact]
    public void Registration_attempt_without_an_account_notifies_no_one()
    {
        AccountDecision decision = Account.Unused.NotifyRegistrationAttempt(Given.Context());

        Assert.Null(decision.Next);
        Assert.Null(decision.Budget);
    }

    private static AccountDecision<ConfirmVerificationResult> Confirm(
        Account account,
        bool isTheirs,
        OperationId? operation = null
    ) =>
        account.ConfirmVerification(
            Given.Link(account, MailKind.VerifyEmail),
            isTheirs,
            startOver: true,
            device: null,
            operation,
            Given.Context()
        );
}
