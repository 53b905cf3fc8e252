using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Adding, removing and using the authenticator app, recovery codes and passkeys.</summary>
public sealed class SecondFactorTests
{
    private static readonly AccountRules s_twoFactors = new() { NeedsTwoFactors = true };
    private static readonly AccountRules s_noFactors = new() { AllowsSecondFactors = false };

    [Fact]
    public void Confirmed_app_ends_all_other_sessions_and_returns_ten_recovery_codes()
    {
        Account account = Given.WithSessions(3);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        AccountDecision<OfferOtpResult> offer = account.OfferOtp(
            AuthenticationMethod.Totp,
            caller,
            Given.Context()
        );
        OfferOtpResult.Offered offered = Assert.IsType<OfferOtpResult.Offered>(offer.Result(new()));

        AccountDecision<ConfirmOtpResult> decision = offer.Next!.ConfirmOtp(
            AuthenticationMethod.Totp,
            caller,
            Given.Code(offered.Secret.Text, Given.Now),
            Given.Context()
        );

        ConfirmOtpResult.Added added = Assert.IsType<ConfirmOtpResult.Added>(
            decision.Result(new())
        );
        Assert.Equal(10, added.RecoveryCodes.Distinct().Count());
        Assert.Equal(2, decision.Ends.Count);
        Assert.Equal(Given.ByCode, decision.Renews!.Proof!.Methods);
        Assert.NotNull(decision.Next!.OtpOf(AuthenticationMethod.Totp));
        Assert.Null(decision.Next.OfferedOtp);
        Assert.Contains(decision.Mails, mail => mail.Kind == MailKind.SecondFactorAdded);
    }

    [Fact]
    public void Unconfirmed_app_has_no_effect()
    {
        Account account = Given.Registered();

        AccountDecision<OfferOtpResult> offer = account.OfferOtp(
            AuthenticationMethod.Totp,
            Given.CallerOf(account),
            Given.Context()
        );

        Assert.Null(offer.Next!.OtpOf(AuthenticationMethod.Totp));
        Assert.Empty(offer.Ends);
        Assert.Equal(account.Stamp, offer.Next.Stamp);
    }

    [Fact]
    public void App_secret_is_encrypted_in_storage()
    {
        Account account = Given.Registered();

        AccountDecision<OfferOtpResult> offer = account.OfferOtp(
            AuthenticationMethod.Totp,
            Given.CallerOf(account),
            Given.Context()
        );

        string secret = ((OfferOtpResult.Offered)offer.Result(new())).Secret.Text;
        Assert.DoesNotContain(
            secret,
            offer.Next!.OfferedOtp!.Secret,
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public void App_is_not_offered_where_it_is_not_allowed()
    {
        Account unverified = Given.Registered(verified: false);
        (Account on, _, _) = Given.WithTotp();
        Account plain = Given.Registered();

        Assert.IsType<OfferOtpResult.EmailNotVerified>(Offer(unverified));
        Assert.IsType<OfferOtpResult.AlreadyOn>(Offer(on));
        Assert.IsType<OfferOtpResult.NotAllowed>(Offer(plain, s_noFactors));

        static OfferOtpResult Offer(Account account, AccountRules? rules = null)
        {
            AccountDecision<OfferOtpResult> decision = account.OfferOtp(
                AuthenticationMethod.Totp,
                Given.CallerOf(account, Given.ByCode),
                Given.Context(rules)
            );
            Assert.Null(decision.Next);
            return decision.Result(new());
        }
    }

    [Fact]
    public void Wrong_first_code_turns_nothing_on_and_is_recorded()
    {
        Account account = Given.Registered();
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        account = account.OfferOtp(AuthenticationMethod.Totp, caller, Given.Context()).Next!;

        AccountDecision<ConfirmOtpResult> decision = account.ConfirmOtp(
            AuthenticationMethod.Totp,
            caller,
            new("000000"),
            Given.Context()
        );

        Assert.IsType<ConfirmOtpResult.WrongCode>(decision.Result(new()));
        Assert.Null(decision.Next);
        Assert.Equal(AccountEventKind.CodeFailed, decision.Noted!.Kind);
    }

    [Fact]
    public void Confirmation_without_an_offer_is_refused()
    {
        Account account = Given.Registered();

        AccountDecision<ConfirmOtpResult> decision = account.ConfirmOtp(
            AuthenticationMethod.Totp,
            Given.CallerOf(account, operation: OperationId.New()),
            new("123456"),
            Given.Context()
        );

        Assert.IsType<ConfirmOtpResult.NotOffered>(decision.Result(new()));
    }

    [Fact]
    public void Repeated_call_shows_the_same_codes_and_changes_nothing()
    {
        (Account account, _, _) = Given.WithTotp();
        Caller caller = Given.CallerOf(account, Given.ByCode, operation: OperationId.New());
        AccountDecision<MakeRecoveryCodesResult> first = account.MakeRecoveryCodes(
            caller,
            Given.Context()
        );

        AccountDecision<MakeRecoveryCodesResult> again = first.Next!.MakeRecoveryCodes(
            caller,
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal(Codes(first), Codes(again));
    }

    [Fact]
    public void Codes_that_were_replaced_since_are_not_shown_again()
    {
        (Account account, _, _) = Given.WithTotp();
        Caller first = Given.CallerOf(account, Given.ByCode, operation: OperationId.New());
        Caller second = first with { Operation = OperationId.New() };
        account = account.MakeRecoveryCodes(first, Given.Context()).Next!;
        account = account.MakeRecoveryCodes(second, Given.Context()).Next!;

        Assert.IsType<MakeRecoveryCodesResult.CodesLost>(
            account.MakeRecoveryCodes(first, Given.Context()).Result(new())
        );
    }

    [Fact]
    public void New_codes_void_the_old_ones()
    {
        (Account account, _, IReadOnlyList<Secret> old) = Given.WithTotp();
        Caller caller = Given.CallerOf(account, Given.ByCode, operation: OperationId.New());

        Account next = account.MakeRecoveryCodes(caller, Given.Context()).Next!;

        Assert.Null(
            SecondFactorSet.Spend(
                next,
                new(AuthenticationMethod.RecoveryCode, old[0]),
                Given.Device,
                Given.Context()
            )
        );
    }

    [Fact]
    public void Recovery_codes_need_an_app()
    {
        Account account = Given.Registered();

        Assert.IsType<MakeRecoveryCodesResult.NoFactor>(
            account
                .MakeRecoveryCodes(
                    Given.CallerOf(account, operation: OperationId.New()),
                    Given.Context()
                )
                .Result(new())
        );
    }

    [Fact]
    public void Removing_the_app_removes_the_recovery_codes()
    {
        (Account account, _, _) = Given.WithTotp();

        AccountDecision<RemoveOtpResult> decision = account.RemoveOtp(
            AuthenticationMethod.Totp,
            Given.CallerOf(account, Given.ByCode),
            Given.Context()
        );

        Assert.Null(decision.Next!.OtpOf(AuthenticationMethod.Totp));
        Assert.Empty(decision.Next.RecoveryCodes);
        Assert.Contains(decision.Mails, mail => mail.Kind == MailKind.SecondFactorRemoved);
        Assert.IsType<RemoveOtpResult.Removed>(decision.Result(new()));
    }

    [Fact]
    public void Missing_app_cannot_be_removed() =>
        Assert.IsType<RemoveOtpResult.NotOn>(
            Given
                .Registered()
                .RemoveOtp(
                    AuthenticationMethod.Totp,
                    Given.CallerOf(Given.Registered()),
                    Given.Context()
                )
                .Result(new())
        );

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Last_factor_cannot_be_removed_where_two_are_required(int passkeys, bool isRemoved)
    {
        (Account account, _, _) = Given.WithTotp();
        account = Given.WithPasskeys(passkeys, account);

        AccountDecision<RemoveOtpResult> decision = account.RemoveOtp(
            AuthenticationMethod.Totp,
            Given.CallerOf(account, Given.ByCode),
            Given.Context(s_twoFactors)
        );

        Assert.Equal(isRemoved, decision.Next is not null);
        Assert.Equal(isRemoved, decision.Result(new()) is RemoveOtpResult.Removed);
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, false, true)]
    [InlineData(1, true, true)]
    public void Last_passkey_cannot_be_removed_where_two_factors_are_required(
        int passkeys,
        bool hasTotp,
        bool isRemoved
    )
    {
        Account account = Given.WithPasskeys(
            passkeys,
            hasTotp ? Given.WithTotp().Account : Given.Registered()
        );

        AccountDecision<RemovePasskeyResult> decision = account.RemovePasskey(
            Given.CallerOf(account, [AuthenticationMethod.Passkey]),
            "passkey-0",
            Given.Context(s_twoFactors)
        );

        Assert.Equal(isRemoved, decision.Next is not null);
        Assert.Equal(isRemoved, decision.Result(new()) is RemovePasskeyResult.Removed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(30)]
    public void Code_of_the_current_time_step_or_a_neighbouring_one_is_accepted(int seconds)
    {
        (Account account, string secret, _) = Given.WithTotp();

        Account? spent = SecondFactorSet.Spend(
            account,
            Given.TotpCode(secret, TimeSpan.FromSeconds(seconds)),
            Given.Device,
            Given.Context()
        );

        Assert.NotNull(spent);
        Assert.Equal(
            (Given.Now.ToUnixTimeSeconds() + seconds) / 30,
            spent.OtpOf(AuthenticationMethod.Totp)!.LastCounter
        );
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void Code_of_another_time_step_is_refused(int seconds)
    {
        (Account account, string secret, _) = Given.WithTotp();

        Assert.Null(
            SecondFactorSet.Spend(
                account,
                Given.TotpCode(secret, TimeSpan.FromSeconds(seconds)),
                Given.Device,
                Given.Context()
            )
        );
    }

    [Fact]
    public void Code_of_an_earlier_step_than_the_last_used_one_is_refused()
    {
        (Account account, string secret, _) = Given.WithTotp();
        Account spent = SecondFactorSet.Spend(
            account,
            Given.TotpCode(secret),
            Given.Device,
            Given.Context()
        )!;

        Assert.Null(
            SecondFactorSet.Spend(
                spent,
                Given.TotpCode(secret, TimeSpan.FromSeconds(-30)),
                Given.Device,
                Given.Context()
            )
        );
    }

    [Fact]
    public void Secret_that_cannot_be_decrypted_accepts_no_code()
    {
        (Account account, string secret, _) = Given.WithTotp();
        account = account.WithOtp(
            account.OtpOf(AuthenticationMethod.Totp)! with
            {
                Secret = "another's",
            }
        );

        Assert.Null(
            SecondFactorSet.Spend(account, Given.TotpCode(secret), Given.Device, Given.Context())
        );
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("no hyphens")]
    [InlineData("spaces")]
    public void Recovery_code_is_accepted_however_it_is_typed(string how)
    {
        (Account account, _, IReadOnlyList<Secret> codes) = Given.WithTotp();
        string typed = how switch
        {
            "lower" => codes[0].Text.ToLowerInvariant(),
            "no hyphens" => codes[0].Text.Replace("-", "", StringComparison.Ordinal),
            _ => codes[0].Text.Replace('-', ' '),
        };

        Assert.NotNull(
            SecondFactorSet.Spend(
                account,
                new(AuthenticationMethod.RecoveryCode, new(typed)),
                Given.Device,
                Given.Context()
            )
        );
    }

    [Fact]
    public void Passkey_cannot_be_used_as_a_code() =>
        Assert.Null(
            SecondFactorSet.Spend(
                Given.WithPasskeys(1),
                new(AuthenticationMethod.Passkey, new("passkey-0")),
                Given.Device,
                Given.Context()
            )
        );

    [Fact]
    public void Added_passkey_ends_all_other_sessions_and_is_notified()
    {
        Account account = Given.WithSessions(2);

        AccountDecision<AddPasskeyResult> decision = account.AddPasskey(
            Given.CallerOf(account),
            Given.Passkey("new"),
            Given.Challenge(),
            Given.Context()
        );

        Assert.Equal("new", Assert.Single(decision.Next!.Passkeys).Id);
        Assert.Single(decision.Ends);
        Assert.Equal(MailKind.PasskeyAdded, Assert.Single(decision.Mails).Kind);
        Assert.Null(decision.Renews!.Proof);
    }

    [Fact]
    public void Adding_a_passkey_proves_two_factors_where_they_are_required()
    {
        Account account = Given.Registered();

        AccountDecision<AddPasskeyResult> decision = account.AddPasskey(
            Given.CallerOf(account),
            Given.Passkey("new"),
            Given.Challenge(),
            Given.Context(s_twoFactors)
        );

        Assert.Equal([AuthenticationMethod.Passkey], decision.Renews!.Proof!.Methods);
        Assert.False(decision.Renews.Proof.Restricted);
    }

    [Fact]
    public void Known_passkey_or_challenge_adds_nothing()
    {
        Account account = Given.Registered();
        Account added = account
            .AddPasskey(
                Given.CallerOf(account),
                Given.Passkey("one"),
                Given.Challenge(),
                Given.Context()
            )
            .Next!;

        Assert.IsType<AddPasskeyResult.AlreadyKnown>(Add("one", "another nonce"));
        Assert.IsType<AddPasskeyResult.AlreadyKnown>(Add("two", "nonce"));
        Assert.IsType<AddPasskeyResult.Added>(Add("two", "another nonce"));

        AddPasskeyResult Add(string id, string nonce) =>
            added
                .AddPasskey(
                    Given.CallerOf(added),
                    Given.Passkey(id),
                    Given.Challenge(nonce),
                    Given.Context()
                )
                .Result(new());
    }

    [Fact]
    public void Passkey_is_not_added_where_it_is_not_allowed()
    {
        Account unverified = Given.Registered(verified: false);
        Account full = Given.WithPasskeys(20);

        Assert.IsType<AddPasskeyResult.EmailNotVerified>(Add(unverified));
        Assert.IsType<AddPasskeyResult.LimitReached>(Add(full));
        Assert.IsType<AddPasskeyResult.NotAllowed>(Add(Given.Registered(), s_noFactors));

        static AddPasskeyResult Add(Account account, AccountRules? rules = null)
        {
            AccountDecision<AddPasskeyResult> decision = account.AddPasskey(
                Given.CallerOf(account),
                Given.Passkey("new"),
                Given.Challenge(),
                Given.Context(rules)
            );
            Assert.Null(decision.Next);
            return decision.Result(new());
        }
    }

    [Fact]
    public void Unknown_passkey_cannot_be_removed()
    {
        Account account = Given.WithPasskeys(1);

        Assert.IsType<RemovePasskeyResult.NotFound>(
            account.RemovePasskey(Given.CallerOf(account), "another", Given.Context()).Result(new())
        );
    }

    [Fact]
    public void Passkey_signs_in_once_for_each_challenge()
    {
        Account account = Given.WithPasskeys(1);

        AccountDecision<SignInWithPasskeyResult> first = account.SignInWithPasskey(
            Given.Use(account),
            Given.SignIn(),
            Given.Context()
        );
        AccountDecision<SignInWithPasskeyResult> again = first.Next!.SignInWithPasskey(
            Given.Use(account),
            Given.SignIn(),
            Given.Context()
        );

        Assert.Equal([AuthenticationMethod.Passkey], first.Starts!.Proof.Methods);
        Assert.Equal(1u, Assert.Single(first.Next.Passkeys).SignCount);
        Assert.IsType<SignInWithPasskeyResult.Refused>(again.Result(new()));
        Assert.Null(again.Next);
    }

    [Theory]
    [InlineData("unknown", 0, typeof(SignInWithPasskeyResult.Refused))]
    [InlineData("passkey-0", 1, typeof(SignInWithPasskeyResult.Expired))]
    public void Passkey_that_is_unknown_or_of_an_earlier_stamp_is_refused(
        string id,
        int olderBy,
        Type result
    )
    {
        Account account = Given.WithPasskeys(1);
        PasskeyUse use = Given.Use(account, id) with { Stamp = account.Stamp - olderBy };

        AccountDecision<SignInWithPasskeyResult> decision = account.SignInWithPasskey(
            use,
            Given.SignIn(),
            Given.Context()
        );

        Assert.IsType(result, decision.Result(new()));
        Assert.Null(decision.Next);
    }

    private static IReadOnlyList<Secret> Codes(AccountDecision<MakeRecoveryCodesResult> decision) =>
        Assert.IsType<MakeRecoveryCodesResult.Made>(decision.Result(new())).RecoveryCodes;
}
