using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>The authenticator app, recovery codes and passkeys: added, removed, used.</summary>
public sealed class SecondFactorTests
{
    private static readonly AccountRules s_twoFactors = new() { NeedsTwoFactors = true };
    private static readonly AccountRules s_noFactors = new() { AllowsSecondFactors = false };

    [Fact]
    public void A_confirmed_app_ends_all_other_sessions_and_brings_ten_codes()
    {
        Account account = Given.WithSessions(3);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Decision<OfferTotpResult> offer = account.OfferTotp(caller, Given.Context());
        OfferTotpResult.Offered offered = Assert.IsType<OfferTotpResult.Offered>(
            offer.Result(new())
        );

        Decision<ConfirmTotpResult> decision = offer.Next!.ConfirmTotp(
            caller,
            Given.Code(offered.Secret.Text, Given.Now),
            Given.Context()
        );

        ConfirmTotpResult.Added added = Assert.IsType<ConfirmTotpResult.Added>(
            decision.Result(new())
        );
        Assert.Equal(10, added.RecoveryCodes.Distinct().Count());
        Assert.Equal(2, decision.Ends.Count);
        Assert.Equal(Given.ByCode, decision.Renews!.Proof!.Methods);
        Assert.NotNull(decision.Next!.Totp);
        Assert.Null(decision.Next.OfferedTotp);
        Assert.Contains(decision.Mails, mail => mail.Kind == MailKind.TotpAdded);
    }

    [Fact]
    public void An_offered_app_counts_for_nothing()
    {
        Account account = Given.Registered();

        Decision<OfferTotpResult> offer = account.OfferTotp(
            Given.CallerOf(account),
            Given.Context()
        );

        Assert.Null(offer.Next!.Totp);
        Assert.Empty(offer.Ends);
        Assert.Equal(account.Stamp, offer.Next.Stamp);
    }

    [Fact]
    public void The_secret_is_stored_sealed()
    {
        Account account = Given.Registered();

        Decision<OfferTotpResult> offer = account.OfferTotp(
            Given.CallerOf(account),
            Given.Context()
        );

        string secret = ((OfferTotpResult.Offered)offer.Result(new())).Secret.Text;
        Assert.DoesNotContain(
            secret,
            offer.Next!.OfferedTotp!.Secret,
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public void No_app_is_offered_where_it_may_not_be()
    {
        Account unverified = Given.Registered(verified: false);
        (Account on, _, _) = Given.WithTotp();
        Account plain = Given.Registered();

        Assert.IsType<OfferTotpResult.EmailNotVerified>(Offer(unverified));
        Assert.IsType<OfferTotpResult.AlreadyOn>(Offer(on));
        Assert.IsType<OfferTotpResult.NotAllowed>(Offer(plain, s_noFactors));

        static OfferTotpResult Offer(Account account, AccountRules? rules = null)
        {
            Decision<OfferTotpResult> decision = account.OfferTotp(
                Given.CallerOf(account, Given.ByCode),
                Given.Context(rules)
            );
            Assert.Null(decision.Next);
            return decision.Result(new());
        }
    }

    [Fact]
    public void A_wrong_first_code_turns_nothing_on_and_is_noted()
    {
        Account account = Given.Registered();
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        account = account.OfferTotp(caller, Given.Context()).Next!;

        Decision<ConfirmTotpResult> decision = account.ConfirmTotp(
            caller,
            new("000000"),
            Given.Context()
        );

        Assert.IsType<ConfirmTotpResult.WrongCode>(decision.Result(new()));
        Assert.Null(decision.Next);
        Assert.Equal(AccountEventKind.CodeFailed, decision.Noted!.Kind);
    }

    [Fact]
    public void Nothing_is_confirmed_that_was_not_offered()
    {
        Account account = Given.Registered();

        Decision<ConfirmTotpResult> decision = account.ConfirmTotp(
            Given.CallerOf(account, operation: OperationId.New()),
            new("123456"),
            Given.Context()
        );

        Assert.IsType<ConfirmTotpResult.NotOffered>(decision.Result(new()));
    }

    [Fact]
    public void A_repeated_call_shows_the_same_codes_and_changes_nothing()
    {
        (Account account, _, _) = Given.WithTotp();
        Caller caller = Given.CallerOf(account, Given.ByCode, operation: OperationId.New());
        Decision<MakeRecoveryCodesResult> first = account.MakeRecoveryCodes(
            caller,
            Given.Context()
        );

        Decision<MakeRecoveryCodesResult> again = first.Next!.MakeRecoveryCodes(
            caller,
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal(Codes(first), Codes(again));
    }

    [Fact]
    public void Codes_that_were_made_anew_since_cannot_be_shown_again()
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
    public void Recovery_codes_come_with_an_app_alone()
    {
        Account account = Given.Registered();

        Assert.IsType<MakeRecoveryCodesResult.NoTotp>(
            account
                .MakeRecoveryCodes(
                    Given.CallerOf(account, operation: OperationId.New()),
                    Given.Context()
                )
                .Result(new())
        );
    }

    [Fact]
    public void A_removed_app_takes_the_recovery_codes_with_it()
    {
        (Account account, _, _) = Given.WithTotp();

        Decision<RemoveTotpResult> decision = account.RemoveTotp(
            Given.CallerOf(account, Given.ByCode),
            Given.Context()
        );

        Assert.Null(decision.Next!.Totp);
        Assert.Empty(decision.Next.RecoveryCodes);
        Assert.Contains(decision.Mails, mail => mail.Kind == MailKind.TotpRemoved);
        Assert.IsType<RemoveTotpResult.Removed>(decision.Result(new()));
    }

    [Fact]
    public void An_app_that_is_not_there_is_not_removed() =>
        Assert.IsType<RemoveTotpResult.NotOn>(
            Given
                .Registered()
                .RemoveTotp(Given.CallerOf(Given.Registered()), Given.Context())
                .Result(new())
        );

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void The_last_factor_stays_where_two_are_asked_for(int passkeys, bool isRemoved)
    {
        (Account account, _, _) = Given.WithTotp();
        account = Given.WithPasskeys(passkeys, account);

        Decision<RemoveTotpResult> decision = account.RemoveTotp(
            Given.CallerOf(account, Given.ByCode),
            Given.Context(s_twoFactors)
        );

        Assert.Equal(isRemoved, decision.Next is not null);
        Assert.Equal(isRemoved, decision.Result(new()) is RemoveTotpResult.Removed);
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, false, true)]
    [InlineData(1, true, true)]
    public void The_last_passkey_stays_where_two_factors_are_asked_for(
        int passkeys,
        bool hasTotp,
        bool isRemoved
    )
    {
        Account account = Given.WithPasskeys(
            passkeys,
            hasTotp ? Given.WithTotp().Account : Given.Registered()
        );

        Decision<RemovePasskeyResult> decision = account.RemovePasskey(
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
    public void A_code_of_this_step_or_of_one_beside_it_is_good(int seconds)
    {
        (Account account, string secret, _) = Given.WithTotp();

        Account? spent = SecondFactorSet.Spend(
            account,
            Given.TotpCode(secret, TimeSpan.FromSeconds(seconds)),
            Given.Device,
            Given.Context()
        );

        Assert.NotNull(spent);
        Assert.Equal((Given.Now.ToUnixTimeSeconds() + seconds) / 30, spent.Totp!.LastStep);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void A_code_of_another_step_is_not(int seconds)
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
    public void A_code_of_an_earlier_step_than_the_last_used_is_not()
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
    public void A_secret_that_cannot_be_opened_accepts_no_code()
    {
        (Account account, string secret, _) = Given.WithTotp();
        account = account with { Totp = account.Totp! with { Secret = "another's" } };

        Assert.Null(
            SecondFactorSet.Spend(account, Given.TotpCode(secret), Given.Device, Given.Context())
        );
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("no hyphens")]
    [InlineData("spaces")]
    public void A_recovery_code_is_good_however_it_is_typed(string how)
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
    public void A_passkey_is_no_code() =>
        Assert.Null(
            SecondFactorSet.Spend(
                Given.WithPasskeys(1),
                new(AuthenticationMethod.Passkey, new("passkey-0")),
                Given.Device,
                Given.Context()
            )
        );

    [Fact]
    public void An_added_passkey_ends_all_other_sessions_and_is_notified()
    {
        Account account = Given.WithSessions(2);

        Decision<AddPasskeyResult> decision = account.AddPasskey(
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
    public void Where_two_factors_are_asked_for_adding_a_passkey_proves_them()
    {
        Account account = Given.Registered();

        Decision<AddPasskeyResult> decision = account.AddPasskey(
            Given.CallerOf(account),
            Given.Passkey("new"),
            Given.Challenge(),
            Given.Context(s_twoFactors)
        );

        Assert.Equal([AuthenticationMethod.Passkey], decision.Renews!.Proof!.Methods);
        Assert.False(decision.Renews.Proof.Restricted);
    }

    [Fact]
    public void A_passkey_or_a_challenge_that_is_known_adds_nothing()
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
    public void No_passkey_is_added_where_it_may_not_be()
    {
        Account unverified = Given.Registered(verified: false);
        Account full = Given.WithPasskeys(20);

        Assert.IsType<AddPasskeyResult.EmailNotVerified>(Add(unverified));
        Assert.IsType<AddPasskeyResult.LimitReached>(Add(full));
        Assert.IsType<AddPasskeyResult.NotAllowed>(Add(Given.Registered(), s_noFactors));

        static AddPasskeyResult Add(Account account, AccountRules? rules = null)
        {
            Decision<AddPasskeyResult> decision = account.AddPasskey(
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
    public void A_passkey_that_is_not_there_is_not_removed()
    {
        Account account = Given.WithPasskeys(1);

        Assert.IsType<RemovePasskeyResult.NotFound>(
            account.RemovePasskey(Given.CallerOf(account), "another", Given.Context()).Result(new())
        );
    }

    [Fact]
    public void A_passkey_signs_in_once_for_each_challenge()
    {
        Account account = Given.WithPasskeys(1);

        Decision<SignInWithPasskeyResult> first = account.SignInWithPasskey(
            Given.Use(account),
            Given.SignIn(),
            Given.Context()
        );
        Decision<SignInWithPasskeyResult> again = first.Next!.SignInWithPasskey(
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
    public void A_passkey_that_is_unknown_or_of_an_earlier_stamp_signs_nobody_in(
        string id,
        int olderBy,
        Type result
    )
    {
        Account account = Given.WithPasskeys(1);
        PasskeyUse use = Given.Use(account, id) with { Stamp = account.Stamp - olderBy };

        Decision<SignInWithPasskeyResult> decision = account.SignInWithPasskey(
            use,
            Given.SignIn(),
            Given.Context()
        );

        Assert.IsType(result, decision.Result(new()));
        Assert.Null(decision.Next);
    }

    private static IReadOnlyList<Secret> Codes(Decision<MakeRecoveryCodesResult> decision) =>
        Assert.IsType<MakeRecoveryCodesResult.Made>(decision.Result(new())).RecoveryCodes;
}
