using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Registering and signing in.</summary>
public sealed class SignInTests
{
    private static readonly AccountRules s_private = new()
    {
        RegistrationIsPrivate = true,
        NeedsVerifiedEmail = true,
    };

    private static readonly AccountRules s_verified = new() { NeedsVerifiedEmail = true };

    [Fact]
    public void Whoever_registers_is_signed_in_and_mailed_a_link()
    {
        Decision<RegisterResult> decision = Account.Unused.Register(
            Given.Email,
            Given.Hash,
            mayMail: true,
            Given.SignIn(),
            Given.Context()
        );

        Assert.Equal(decision.Starts!.Id.Value, Assert.Single(decision.Next!.Sessions).Id);
        Assert.Equal(Given.ByPassword, decision.Starts.Proof.Methods);
        Assert.Equal(MailKind.VerifyAddress, Assert.Single(decision.Mails).Kind);
        Assert.Single(decision.Next.Devices);
        Assert.Equal(AccountEventKind.Registered, Assert.Single(decision.Next.Activity).Kind);
        SessionGrant grant = Given.Grant(decision.Next);
        Assert.Equal(new RegisterResult.SignedIn(Given.Email, grant), decision.Result(new(grant)));
    }

    [Fact]
    public void Without_budget_a_registration_goes_on_without_a_mail() =>
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
    public void Where_an_email_has_to_be_verified_first_registering_starts_no_session()
    {
        Decision<RegisterResult> decision = Account.Unused.Register(
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
    public void Where_registration_is_closed_nobody_registers()
    {
        Decision<RegisterResult>? decision = Account.Unused.BeforeRegistering(
            Given.SignIn(),
            Given.Context(new() { RegistrationIsClosed = true })
        );

        Assert.IsType<RegisterResult.RegistrationClosed>(decision!.Result(new()));
    }

    [Fact]
    public void An_id_that_was_given_up_or_used_is_never_registered()
    {
        Account givenUp = Account.Unused.ReleaseReservation(Given.Email, Given.Context()).Next!;

        foreach (Account account in (Account[])[givenUp, Given.Registered()])
        {
            Decision<RegisterResult> decision = account.Register(
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
    public void A_registration_that_is_repeated_goes_on_with_the_same_session()
    {
        SignInContext signIn = Given.SignIn(OperationId.New());
        Decision<RegisterResult> first = Account.Unused.Register(
            Given.Email,
            Given.Hash,
            true,
            signIn,
            Given.Context()
        );

        Decision<RegisterResult> again = first.Next!.Register(
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
    public void A_sign_in_that_is_repeated_after_the_secrets_changed_starts_nothing()
    {
        SignInContext signIn = Given.SignIn(OperationId.New());
        Account account = Given.Registered();
        account = account.Enter(signIn, account.Stamp, null, Given.Context()).Next!;
        account = account
            .ChangePassword(Given.CallerOf(account), Given.NewHash, Given.Context())
            .Next!;

        Decision<EnterResult> again = account.Enter(
            signIn,
            account.Stamp - 1,
            null,
            Given.Context()
        );

        Assert.IsType<EnterResult.Expired>(again.Result(new()));
        Assert.Null(again.Starts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_password_that_is_verified_tells_the_stamp_and_one_that_is_not_is_noted(
        bool matches
    )
    {
        Account account = Given.Registered();

        Decision<VerifyPasswordResult> decision = account.VerifyPassword(
            matches,
            account.Stamp,
            Given.Device,
            Given.Context()
        );

        Assert.Null(decision.Next);
        Assert.Equal(matches, decision.Noted is null);
        Assert.Equal(
            matches
                ? new VerifyPasswordResult.Matched(account.Stamp)
                : new VerifyPasswordResult.Refused(),
            decision.Result(new())
        );
    }

    [Fact]
    public void Nothing_is_noted_where_there_is_no_account() =>
        Assert.Null(Account.Unused.VerifyPassword(false, 1, Given.Device, Given.Context()).Noted);

    [Fact]
    public void A_sign_in_from_before_a_change_of_the_secrets_has_expired()
    {
        Account account = Given.Registered();

        Decision<EnterResult> decision = account.Enter(
            Given.SignIn(),
            account.Stamp - 1,
            null,
            Given.Context()
        );

        Assert.IsType<EnterResult.Expired>(decision.Result(new()));
        Assert.Null(decision.Next);
    }

    [Fact]
    public void An_outdated_hash_is_renewed_with_the_sign_in()
    {
        Account account = Given.Registered();
        Assert.Equal(
            Given.Hash,
            account.HashToRenew(Given.SignIn(), account.Stamp, Given.Context())
        );

        Decision<EnterResult> decision = account.Enter(
            Given.SignIn(),
            account.Stamp,
            Given.NewHash,
            Given.Context()
        );

        Assert.Equal(Given.NewHash, decision.Next!.PasswordHash);
        Assert.Equal(account.Stamp, decision.Next.Stamp);
    }

    [Fact]
    public void No_hash_is_renewed_for_a_sign_in_that_does_not_pass()
    {
        Account account = Given.Registered(verified: false);

        Assert.Null(account.HashToRenew(Given.SignIn(), account.Stamp - 1, Given.Context()));
        Assert.Null(account.HashToRenew(Given.SignIn(), account.Stamp, Given.Context(s_verified)));
        Assert.Null(Account.Unused.HashToRenew(Given.SignIn(), 1, Given.Context()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_email_that_has_to_be_verified_first_is_mailed_a_link_and_starts_nothing(
        bool isPrivate
    )
    {
        Account account = Given.Registered(verified: false);

        Decision<EnterResult> decision = account.Enter(
            Given.SignIn(),
            account.Stamp,
            null,
            Given.Context(isPrivate ? s_private : s_verified)
        );

        Assert.Equal(
            new EnterResult.EmailNotVerified(MayBeTold: !isPrivate),
            decision.Result(new())
        );
        Assert.Null(decision.Starts);
        Assert.Equal(new BudgetedMail(MailKind.VerifyAddress, Given.Email), decision.Budget);
    }

    [Fact]
    public void A_second_factor_is_asked_for_and_nothing_is_started()
    {
        (Account account, _, _) = Given.WithTotp();

        Decision<EnterResult> decision = account.Enter(
            Given.SignIn(),
            account.Stamp,
            null,
            Given.Context()
        );

        EnterResult.SecondFactorNeeded needed = Assert.IsType<EnterResult.SecondFactorNeeded>(
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
    public void A_code_completes_a_sign_in_once()
    {
        (Account account, string secret, _) = Given.WithTotp();

        Decision<CompleteSignInResult> first = account.CompleteSignIn(
            "login",
            account.Stamp,
            Given.TotpCode(secret),
            Given.SignIn(),
            Given.Context()
        );
        Decision<CompleteSignInResult> sameLogin = first.Next!.CompleteSignIn(
            "login",
            account.Stamp,
            Given.TotpCode(secret, TimeSpan.FromSeconds(30)),
            Given.SignIn(),
            Given.Context(after: TimeSpan.FromSeconds(30))
        );
        Decision<CompleteSignInResult> sameCode = first.Next.CompleteSignIn(
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
    public void A_recovery_code_completes_a_sign_in_once_and_its_owner_is_notified()
    {
        (Account account, _, IReadOnlyList<Secret> codes) = Given.WithTotp();
        SecondFactorCode code = new(AuthenticationMethod.RecoveryCode, codes[3]);

        Decision<CompleteSignInResult> first = account.CompleteSignIn(
            "login",
            account.Stamp,
            code,
            Given.SignIn(),
            Given.Context()
        );
        Decision<CompleteSignInResult> again = first.Next!.CompleteSignIn(
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
    public void A_code_for_an_account_that_asks_for_none_is_worth_nothing()
    {
        Account account = Given.Registered();

        Decision<CompleteSignInResult> decision = account.CompleteSignIn(
            "login",
            account.Stamp,
            new(AuthenticationMethod.Totp, new("123456")),
            Given.SignIn(),
            Given.Context()
        );

        Assert.IsType<CompleteSignInResult.Expired>(decision.Result(new()));
    }

    [Fact]
    public void A_known_device_stays_the_same_and_others_make_room()
    {
        Account account = Given.Registered();
        DeviceMark mark = account.MarkOf(SessionId.Parse(account.Sessions[0].Id))!;

        Account again = account
            .Enter(Given.SignIn(mark: mark), account.Stamp, null, Given.Context())
            .Next!;
        Account many = Given.WithSessions(30);

        Assert.Equal(mark.Id, Assert.Single(again.Devices).Id);
        Assert.NotNull(again.Device(mark));
        Assert.Equal(20, many.Devices.Count);
    }

    [Fact]
    public void A_session_that_is_restricted_makes_no_device_known()
    {
        Decision<RegisterResult> decision = Account.Unused.Register(
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
    public void Sessions_beyond_the_limit_are_the_earliest_that_the_new_one_does_not_replace()
    {
        Account account = Given.WithSessions(5);
        SessionId[] ids = [.. account.Sessions.Select(listed => SessionId.Parse(listed.Id))];

        Assert.Equal(ids[..2], account.BeyondLimit([], new() { MaxSessions = 3 }));
        Assert.Equal([ids[1]], account.BeyondLimit([ids[0]], new() { MaxSessions = 3 }));
        Assert.Empty(account.BeyondLimit([], new() { MaxSessions = 5 }));
    }
}
