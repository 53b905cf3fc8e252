using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Registration and sign-in.</summary>
public sealed class SignInTests
{
    private static readonly AccountRules s_private = new()
    {
        RegistrationIsPrivate = true,
        NeedsVerifiedEmail = true,
    };

    private static readonly AccountRules s_verified = new() { NeedsVerifiedEmail = true };

    [Fact]
    public void Registration_starts_a_session_and_mails_a_link()
    {
        AccountDecision<RegisterResult> decision = Account.Unused.Register(
            Given.Email,
            Given.Hash,
            mayMail: true,
            Given.SignIn(),
            Given.Context()
        );

        Assert.Equal(decision.Starts!.Id.Value, Assert.Single(decision.Next!.Sessions).Id);
        Assert.Equal(Given.ByPassword, decision.Starts.Proof.Methods);
        Assert.Equal(MailKind.VerifyEmail, Assert.Single(decision.Mails).Kind);
        Assert.Single(decision.Next.Devices);
        Assert.Equal(AccountEventKind.Registered, Assert.Single(decision.Next.Activity).Kind);
        SessionTokens tokens = Given.Tokens(decision.Next);
        Assert.Equal(
            new RegisterResult.SignedIn(Given.Email, tokens),
            decision.Result(new(tokens))
        );
    }

    [Fact]
    public void Registration_without_mail_budget_succeeds_without_a_mail() =>
        Assert.Empty(
            Account
                .Unused.Register(
                    Given.Email,
                    Given.Hash,
                    mayMail: false,
                    Given.SignIn(),
                    Given.Context()
                )
                .Mails
        );

    [Fact]
    public void Registration_starts_no_session_where_the_email_has_to_be_verified_first()
    {
        AccountDecision<RegisterResult> decision = Account.Unused.Register(
            Given.Email,
            Given.Hash,
            mayMail: true,
            Given.SignIn(),
            Given.Context(s_verified)
        );

        Assert.IsType<RegisterResult.VerificationAwaited>(decision.Result(new()));
        Assert.Null(decision.Starts);
        Assert.Empty(decision.Next!.Sessions);
    }

    [Fact]
    public void Registration_is_refused_where_it_is_closed()
    {
        AccountDecision<RegisterResult>? decision = Account.Unused.BeforeRegistering(
            Given.SignIn(),
            Given.Context(new() { RegistrationIsClosed = true })
        );

        Assert.IsType<RegisterResult.RegistrationClosed>(decision!.Result(new()));
    }

    [Fact]
    public void Abandoned_or_used_id_cannot_be_registered()
    {
        Account givenUp = Account.Unused.ReleaseReservation(Given.Email, Given.Context()).Next!;

        foreach (Account account in (Account[])[givenUp, Given.Registered()])
        {
            AccountDecision<RegisterResult> decision = account.Register(
                Given.Email,
                Given.Hash,
                true,
                Given.SignIn(),
                Given.Context()
            );
            Assert.IsType<RegisterResult.IdTaken>(decision.Result(new()));
            Assert.Null(decision.Next);
        }
    }

    [Fact]
    public void Repeated_registration_returns_the_same_session()
    {
        SignInContext signIn = Given.SignIn(OperationId.New());
        AccountDecision<RegisterResult> first = Account.Unused.Register(
            Given.Email,
            Given.Hash,
            true,
            signIn,
            Given.Context()
        );

        AccountDecision<RegisterResult> again = first.Next!.Register(
            Given.Email,
            Given.Hash,
            true,
            signIn,
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal(first.Starts!.Id, again.Starts!.Id);
    }

    [Fact]
    public void Repeated_sign_in_after_a_changed_stamp_starts_nothing()
    {
        SignInContext signIn = Given.SignIn(OperationId.New());
        Account account = Given.Registered();
        account = account.SignIn(signIn, Given.Context()).Next!;
        account = account
            .ChangePassword(Given.CallerOf(account), Given.NewHash, Given.Context())
            .Next!;

        AccountDecision<SignInResult> again = account.SignIn(signIn, Given.Context());

        Assert.IsType<SignInResult.Busy>(again.Result(new()));
        Assert.Null(again.Starts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Right_password_starts_a_session_and_a_wrong_one_is_recorded(bool matches)
    {
        Account account = Given.Registered();

        AccountDecision<SignInResult> decision = account.SignIn(
            Given.SignIn(),
            account.Ticket(isRight: matches),
            Given.Context()
        )!;

        Assert.Equal(matches, decision.Next is not null);
        Assert.Equal(matches, decision.Starts is not null);
        Assert.Equal(matches, decision.Noted is null);
        SessionTokens tokens = Given.Tokens(account);
        Assert.Equal(
            matches ? new SignInResult.SignedIn(Given.Email, tokens) : new SignInResult.Refused(),
            decision.Result(new(tokens))
        );
    }

    [Fact]
    public void Failure_without_an_account_is_not_recorded() =>
        Assert.Null(
            Account
                .Unused.SignIn(
                    Given.SignIn(),
                    Account.Unused.Ticket(isRight: false),
                    Given.Context()
                )!
                .Noted
        );

    [Fact]
    public void Password_that_was_checked_before_the_stamp_changed_is_checked_again()
    {
        Account account = Given.Registered();

        PasswordTicket before = account.Ticket() with { Stamp = account.Stamp - 1 };

        Assert.Null(account.SignIn(Given.SignIn(), before, Given.Context()));
        Assert.Null(account.SignIn(Given.SignIn(), password: null, Given.Context()));
    }

    [Fact]
    public void Outdated_hash_is_replaced_at_sign_in()
    {
        Account account = Given.Registered();

        AccountDecision<SignInResult> decision = account.SignIn(
            Given.SignIn(),
            Given.Context(),
            Given.NewHash
        );

        Assert.Equal(Given.NewHash, decision.Next!.PasswordHash);
        Assert.Equal(account.Stamp, decision.Next.Stamp);
    }

    [Fact]
    public void Hash_is_not_replaced_for_a_refused_sign_in()
    {
        Account account = Given.Registered(verified: false);

        AccountDecision<SignInResult> decision = account.SignIn(
            Given.SignIn(),
            Given.Context(s_verified),
            Given.NewHash
        );

        Assert.Equal(Given.Hash, decision.Next!.PasswordHash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sign_in_with_an_unverified_email_mails_a_link_and_starts_nothing_where_verification_is_required(
        bool isPrivate
    )
    {
        Account account = Given.Registered(verified: false);

        AccountDecision<SignInResult> decision = account.SignIn(
            Given.SignIn(),
            Given.Context(isPrivate ? s_private : s_verified)
        );

        Assert.Equal(
            new SignInResult.EmailNotVerified(MayBeTold: !isPrivate),
            decision.Result(new())
        );
        Assert.Null(decision.Starts);
        Assert.Equal(new BudgetedMail(MailKind.VerifyEmail, Given.Email), decision.Budget);
    }

    [Fact]
    public void Sign_in_with_a_second_factor_asks_for_it_and_starts_nothing()
    {
        (Account account, _, _) = Given.WithTotp();

        AccountDecision<SignInResult> decision = account.SignIn(Given.SignIn(), Given.Context());

        SignInResult.SecondFactorNeeded needed = Assert.IsType<SignInResult.SecondFactorNeeded>(
            decision.Result(new())
        );
        Assert.Equal(
            [AuthenticationMethod.Totp, AuthenticationMethod.RecoveryCode],
            needed.Methods
        );
        Assert.Null(decision.Next);
        Assert.Null(decision.Starts);
    }

    [Fact]
    public void Outdated_hash_is_replaced_before_a_second_factor_is_asked_for()
    {
        (Account account, _, _) = Given.WithTotp();

        AccountDecision<SignInResult> decision = account.SignIn(
            Given.SignIn(),
            Given.Context(),
            Given.NewHash
        );

        Assert.IsType<SignInResult.SecondFactorNeeded>(decision.Result(new()));
        Assert.Equal(account with { PasswordHash = Given.NewHash }, decision.Next);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Verification_is_asked_for_only_where_it_is_required_and_missing(
        bool isVerified,
        bool isAskedFor
    )
    {
        AccountDecision<SignInResult> decision = Given
            .Registered(isVerified)
            .SignIn(Given.SignIn(), Given.Context(isAskedFor ? s_verified : null));

        Assert.NotNull(decision.Starts);
    }

    [Fact]
    public void Recovery_codes_are_offered_while_some_are_left()
    {
        (Account account, _, _) = Given.WithTotp();
        account = account with { RecoveryCodes = [] };

        SignInResult result = account.SignIn(Given.SignIn(), Given.Context()).Result(new());

        Assert.Equal(
            [AuthenticationMethod.Totp],
            Assert.IsType<SignInResult.SecondFactorNeeded>(result).Methods
        );
    }

    [Fact]
    public void Recovery_codes_alone_require_no_second_step()
    {
        (Account account, _, _) = Given.WithTotp();
        account = account with { Otp = [] };

        Assert.NotNull(account.SignIn(Given.SignIn(), Given.Context()).Starts);
    }

    [Fact]
    public void App_code_completes_a_sign_in_once()
    {
        (Account account, string secret, _) = Given.WithTotp();

        AccountDecision<CompleteSignInResult> first = account.CompleteSignIn(
            "login",
            account.Stamp,
            Given.TotpCode(secret),
            Given.SignIn(),
            Given.Context()
        );
        AccountDecision<CompleteSignInResult> sameLogin = first.Next!.CompleteSignIn(
            "login",
            account.Stamp,
            Given.TotpCode(secret, TimeSpan.FromSeconds(30)),
            Given.SignIn(),
            Given.Context(after: TimeSpan.FromSeconds(30))
        );
        AccountDecision<CompleteSignInResult> sameCode = first.Next.CompleteSignIn(
            "another",
            account.Stamp,
            Given.TotpCode(secret),
            Given.SignIn(),
            Given.Context()
        );

        Assert.Equal(Given.ByCode, first.Starts!.Proof.Methods);
        Assert.IsType<CompleteSignInResult.Expired>(sameLogin.Result(new()));
        Assert.Equal(
            new CompleteSignInResult.WrongCode(AuthenticationMethod.Totp),
            sameCode.Result(new())
        );
        Assert.Equal(AccountEventKind.CodeFailed, sameCode.Noted!.Kind);
    }

    [Fact]
    public void Recovery_code_completes_a_sign_in_once_and_its_owner_is_notified()
    {
        (Account account, _, IReadOnlyList<Secret> codes) = Given.WithTotp();
        SecondFactorCode code = new(AuthenticationMethod.RecoveryCode, codes[3]);

        AccountDecision<CompleteSignInResult> first = account.CompleteSignIn(
            "login",
            account.Stamp,
            code,
            Given.SignIn(),
            Given.Context()
        );
        AccountDecision<CompleteSignInResult> again = first.Next!.CompleteSignIn(
            "another",
            account.Stamp,
            code,
            Given.SignIn(),
            Given.Context()
        );

        Assert.Equal(9, first.Next.RecoveryCodes.Count);
        Assert.Contains(
            first.Mails,
            mail => mail is { Kind: MailKind.RecoveryCodeUsed, Detail: "9" }
        );
        Assert.IsType<CompleteSignInResult.WrongCode>(again.Result(new()));
    }

    [Fact]
    public void Second_step_is_refused_for_an_account_without_a_second_factor()
    {
        Account account = Given.Registered();

        AccountDecision<CompleteSignInResult> decision = account.CompleteSignIn(
            "login",
            account.Stamp,
            new(AuthenticationMethod.Totp, new("123456")),
            Given.SignIn(),
            Given.Context()
        );

        Assert.IsType<CompleteSignInResult.Expired>(decision.Result(new()));
    }

    [Fact]
    public void Known_device_is_kept_and_new_ones_displace_the_oldest()
    {
        Account account = Given.Registered();
        DeviceMark mark = account.MarkOf(SessionId.Parse(account.Sessions[0].Id))!;

        Account again = account.SignIn(Given.SignIn(mark: mark), Given.Context()).Next!;
        Account many = Given.WithSessions(30);

        Assert.Equal(mark.Id, Assert.Single(again.Devices).Id);
        Assert.NotNull(again.Device(mark));
        Assert.Equal(20, many.Devices.Count);
    }

    [Fact]
    public void Restricted_session_makes_no_known_device()
    {
        AccountDecision<RegisterResult> decision = Account.Unused.Register(
            Given.Email,
            Given.Hash,
            true,
            Given.SignIn(),
            Given.Context(new() { NeedsTwoFactors = true })
        );

        Assert.True(decision.Starts!.Proof.Restricted);
        Assert.Empty(decision.Next!.Devices);
    }

    [Fact]
    public void Sessions_beyond_the_limit_are_the_earliest_apart_from_the_replaced_one()
    {
        Account account = Given.WithSessions(5);
        SessionId[] ids = [.. account.Sessions.Select(listed => SessionId.Parse(listed.Id))];

        Assert.Equal(ids[..2], account.BeyondLimit([], new() { MaxSessions = 3 }));
        Assert.Equal([ids[1]], account.BeyondLimit([ids[0]], new() { MaxSessions = 3 }));
        Assert.Empty(account.BeyondLimit([], new() { MaxSessions = 5 }));
    }
}
