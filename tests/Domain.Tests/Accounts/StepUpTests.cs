using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Step-up authentication, and what sensitive changes require (ASVS 7.5.1).</summary>
public sealed class StepUpTests
{
    private static readonly AccountRules s_twoFactors = new() { NeedsTwoFactors = true };

    /// <summary>
    /// The account's factors, the session's methods, minutes since the authentication, whether two factors are
    /// required, and whether that is enough.
    /// </summary>
    public static TheoryData<string, string, int, bool, bool> Proofs =>
        new()
        {
            { "password", "password", 0, false, true },
            { "password", "password", 10, false, true },
            { "password", "password", 11, false, false },
            { "password", "nothing", 0, false, false },
            { "totp", "password", 0, false, false },
            { "totp", "totp", 0, false, true },
            { "totp", "recovery", 0, false, true },
            { "totp", "totp", 11, false, false },
            { "totp", "passkey", 0, false, true },
            { "passkey", "password", 0, false, true },
            { "passkey", "passkey", 0, false, true },
            { "password", "password", 0, true, true },
            { "passkey", "password", 0, true, false },
            { "passkey", "passkey", 0, true, true },
            { "totp", "password", 0, true, false },
            { "totp", "totp", 0, true, true },
        };

    [Theory]
    [MemberData(nameof(Proofs))]
    public void Authentication_must_be_fresh_and_as_strong_as_the_account_requires(
        string has,
        string proved,
        int minutesAgo,
        bool needsTwoFactors,
        bool isEnough
    )
    {
        Account account = Having(has);
        Caller caller = Given.CallerOf(account, Methods(proved), TimeSpan.FromMinutes(minutesAgo));
        SessionSnapshot session = caller.Live! with
        {
            AuthenticatedAt = proved == "nothing" ? null : caller.Live!.AuthenticatedAt,
        };
        AccountContext context = Given.Context(needsTwoFactors ? s_twoFactors : null);

        Assert.Equal(isEnough, StepUpPolicy.IsEnough(account, session, context));

        // The same holds for every sensitive operation.
        caller = caller with
        {
            Live = session,
        };
        foreach (
            (bool needsStepUp, AccountDecision decision) in Sensitive(account, caller, context)
        )
        {
            Assert.Equal(!isEnough, needsStepUp);
            Assert.True(isEnough || decision.Next is null);
        }
    }

    [Theory]
    [InlineData("password", false, "password")]
    [InlineData("password", true, "password")]
    [InlineData("totp", false, "password+totp password+recovery-code")]
    [InlineData("totp and passkey", false, "password+totp password+recovery-code passkey")]
    [InlineData("passkey", false, "password passkey")]
    [InlineData("passkey", true, "passkey")]
    [InlineData("nothing", false, "")]
    public void Accepted_methods_are_those_that_the_account_has(
        string has,
        bool needsTwoFactors,
        string ways
    )
    {
        IReadOnlyList<IReadOnlyList<AuthenticationMethod>> accepted = StepUpPolicy.Ways(
            Having(has),
            needsTwoFactors ? s_twoFactors : new()
        );

        Assert.Equal(
            ways,
            string.Join(
                ' ',
                accepted.Select(way =>
                    string.Join(
                        '+',
                        way.Select(method =>
                            System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(
                                method.ToString()
                            )
                        )
                    )
                )
            )
        );
    }

    [Theory]
    [InlineData(false, "password", false)]
    [InlineData(true, "password", true)]
    [InlineData(true, "totp", false)]
    [InlineData(true, "passkey", false)]
    [InlineData(true, "recovery alone", true)]
    [InlineData(true, "no method", true)]
    public void Session_with_one_factor_is_restricted_where_two_are_required(
        bool needsTwoFactors,
        string proved,
        bool isRestricted
    ) =>
        Assert.Equal(
            isRestricted,
            StepUpPolicy.ProofOf(Methods(proved), needsTwoFactors ? s_twoFactors : new()).Restricted
        );

    [Fact]
    public void Password_renews_the_authentication_and_keeps_the_device()
    {
        Account account = Given.Registered();

        AccountDecision<StepUpResult> decision = account.StepUp(
            Given.CallerOf(account, provedAgo: TimeSpan.FromDays(1)),
            passwordMatches: true,
            code: null,
            Given.Context()
        );

        Assert.Equal(Given.ByPassword, decision.Renews!.Proof!.Methods);
        Assert.False(decision.Renews.MarksDevice);
        Assert.Empty(decision.Ends);
        SessionTokens tokens = Given.Tokens(account);
        Assert.Equal(new StepUpResult.Proved(tokens), decision.Result(new(tokens)));
        Assert.IsType<StepUpResult.SignedOut>(decision.Result(new()));
    }

    [Fact]
    public void Wrong_password_proves_nothing_and_uses_up_no_code()
    {
        (Account account, string secret, _) = Given.WithTotp();

        AccountDecision<StepUpResult> decision = account.StepUp(
            Given.CallerOf(account),
            passwordMatches: false,
            Given.TotpCode(secret),
            Given.Context()
        );

        Assert.IsType<StepUpResult.WrongPassword>(decision.Result(new()));
        Assert.Null(decision.Next);
        Assert.Equal(AccountEventKind.SignInFailed, decision.Noted!.Kind);
    }

    [Fact]
    public void Right_password_with_a_wrong_code_proves_nothing()
    {
        (Account account, _, _) = Given.WithTotp();

        AccountDecision<StepUpResult> decision = account.StepUp(
            Given.CallerOf(account),
            passwordMatches: true,
            new(AuthenticationMethod.RecoveryCode, new("wrong")),
            Given.Context()
        );

        Assert.Equal(
            new StepUpResult.WrongCode(AuthenticationMethod.RecoveryCode),
            decision.Result(new())
        );
        Assert.Null(decision.Next);
        Assert.Null(decision.Renews);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Insufficient_methods_are_refused_before_the_password_is_checked(
        bool hasPassword,
        bool hasCode
    )
    {
        (Account account, _, _) = Given.WithTotp();

        AccountDecision<StepUpResult>? decision = account.StepUp(
            Given.CallerOf(account),
            hasPassword,
            password: null,
            hasCode ? new(AuthenticationMethod.Totp, new("123456")) : null,
            Given.Context()
        );

        Assert.IsType<StepUpResult.NotEnough>(decision!.Result(new()));
    }

    [Fact]
    public void Code_is_ignored_where_none_is_required()
    {
        Account account = Given.Registered();

        AccountDecision<StepUpResult> decision = account.StepUp(
            Given.CallerOf(account),
            passwordMatches: true,
            new(AuthenticationMethod.Totp, new("123456")),
            Given.Context()
        );

        Assert.Equal(Given.ByPassword, decision.Renews!.Proof!.Methods);
    }

    [Fact]
    public void Repeated_step_up_uses_up_nothing_and_renews_the_tokens_again()
    {
        (Account account, string secret, _) = Given.WithTotp();
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Account stepped = account
            .StepUp(caller, true, Given.TotpCode(secret), Given.Context())
            .Next!;

        AccountDecision<StepUpResult> again = stepped.StepUp(
            caller,
            true,
            Given.TotpCode(secret),
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal(Given.ByCode, again.Renews!.Proof!.Methods);
    }

    [Fact]
    public void Repeated_step_up_with_a_passkey_gets_the_first_answer()
    {
        Account account = Given.WithPasskeys(1);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Account stepped = account
            .StepUpWithPasskey(caller, Given.Use(account), Given.Context())
            .Next!;

        AccountDecision<StepUpWithPasskeyResult> again = stepped.StepUpWithPasskey(
            caller,
            Given.Use(account),
            Given.Context()
        );
        AccountDecision<StepUpWithPasskeyResult> another = stepped.StepUpWithPasskey(
            caller with
            {
                Operation = OperationId.New(),
            },
            Given.Use(account),
            Given.Context()
        );

        Assert.Null(again.Next);
        Assert.Equal([AuthenticationMethod.Passkey], again.Renews!.Proof!.Methods);
        Assert.IsType<StepUpWithPasskeyResult.Refused>(another.Result(new()));
    }

    [Fact]
    public void Ended_session_is_answered_that_it_has_ended_by_every_operation()
    {
        (Account account, string secret, _) = Given.WithTotp();
        account = Given.WithPasskeys(1, account);
        Caller caller = Given.CallerOf(account, operation: OperationId.New(), isLive: false);
        AccountContext context = Given.Context();

        Assert.IsType<StepUpResult.SignedOut>(
            account.StepUp(caller, true, Given.TotpCode(secret), context).Result(new())
        );
        Assert.IsType<StepUpWithPasskeyResult.SignedOut>(
            account.StepUpWithPasskey(caller, Given.Use(account), context).Result(new())
        );
        Assert.IsType<ChangePasswordResult.SignedOut>(
            account.ChangePassword(caller, Given.NewHash, context).Result(new())
        );
        Assert.IsType<SendVerificationResult.SignedOut>(
            account.SendVerification(caller, context).Result(new())
        );
        Assert.IsType<ChangeEmailResult.SignedOut>(
            account.ChangeEmail(caller, Given.OtherEmail, context).Result(new())
        );
        Assert.IsType<OfferOtpResult.SignedOut>(
            account.OfferOtp(AuthenticationMethod.Totp, caller, context).Result(new())
        );
        Assert.IsType<ConfirmOtpResult.SignedOut>(
            account
                .ConfirmOtp(AuthenticationMethod.Totp, caller, new("123456"), context)
                .Result(new())
        );
        Assert.IsType<RemoveOtpResult.SignedOut>(
            account.RemoveOtp(AuthenticationMethod.Totp, caller, context).Result(new())
        );
        Assert.IsType<MakeRecoveryCodesResult.SignedOut>(
            account.MakeRecoveryCodes(caller, context).Result(new())
        );
        Assert.IsType<MayAddPasskeyResult.SignedOut>(account.MayAddPasskey(caller, context));
        Assert.IsType<AddPasskeyResult.SignedOut>(
            account
                .AddPasskey(caller, Given.Passkey("new"), Given.Challenge(), context)
                .Result(new())
        );
        Assert.IsType<RemovePasskeyResult.SignedOut>(
            account.RemovePasskey(caller, "passkey-0", context).Result(new())
        );
        Assert.IsType<EndSessionResult.SignedOut>(
            account.EndSession(caller, caller.Session, context).Result(new())
        );
        Assert.IsType<EndSessionsResult.SignedOut>(
            account.EndSessions(caller, true, context).Result(new())
        );
        Assert.IsType<DeleteResult.SignedOut>(account.Delete(caller, context).Result(new()));
    }

    private static IEnumerable<(bool NeedsStepUp, AccountDecision AccountDecision)> Sensitive(
        Account account,
        Caller caller,
        AccountContext context
    )
    {
        AccountDecision<ChangePasswordResult> password = account.ChangePassword(
            caller,
            Given.NewHash,
            context
        );
        yield return (password.Result(new()) is ChangePasswordResult.StepUpRequired, password);
        AccountDecision<ChangeEmailResult> email = account.ChangeEmail(
            caller,
            Given.OtherEmail,
            context
        );
        yield return (email.Result(new()) is ChangeEmailResult.StepUpRequired, email);
        AccountDecision<AddPasskeyResult> add = account.AddPasskey(
            caller,
            Given.Passkey("new"),
            Given.Challenge(),
            context
        );
        yield return (add.Result(new()) is AddPasskeyResult.StepUpRequired, add);
        AccountDecision<RemovePasskeyResult> remove = account.RemovePasskey(
            caller,
            "another",
            context
        );
        yield return (remove.Result(new()) is RemovePasskeyResult.StepUpRequired, remove);
        AccountDecision<EndSessionResult> end = account.EndSession(caller, caller.Session, context);
        yield return (end.Result(new()) is EndSessionResult.StepUpRequired, end);
        AccountDecision<EndSessionsResult> endAll = account.EndSessions(caller, false, context);
        yield return (endAll.Result(new()) is EndSessionsResult.StepUpRequired, endAll);
        AccountDecision<DeleteResult> delete = account.Delete(caller, context);
        yield return (delete.Result(new()) is DeleteResult.StepUpRequired, delete);
        if (account.OtpOf(AuthenticationMethod.Totp) is null)
        {
            AccountDecision<OfferOtpResult> offer = account.OfferOtp(
                AuthenticationMethod.Totp,
                caller,
                context
            );
            yield return (offer.Result(new()) is OfferOtpResult.StepUpRequired, offer);
        }
        else
        {
            Caller withOperation = caller with { Operation = OperationId.New() };
            AccountDecision<MakeRecoveryCodesResult> codes = account.MakeRecoveryCodes(
                withOperation,
                context
            );
            yield return (codes.Result(new()) is MakeRecoveryCodesResult.StepUpRequired, codes);
        }
    }

    private static Account Having(string what) =>
        what switch
        {
            "nothing" => Given.Registered() with { PasswordHash = null },
            "password" => Given.Registered(),
            "totp" => Given.WithTotp().Account,
            "passkey" => Given.WithPasskeys(1),
            "totp and passkey" => Given.WithPasskeys(1, Given.WithTotp().Account),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

    private static AuthenticationMethod[] Methods(string proved) =>
        proved switch
        {
            "nothing" or "password" => Given.ByPassword,
            "totp" => Given.ByCode,
            "recovery" => [AuthenticationMethod.Password, AuthenticationMethod.RecoveryCode],
            "recovery alone" => [AuthenticationMethod.RecoveryCode],
            "passkey" => [AuthenticationMethod.Passkey],
            "no method" => [],
            _ => throw new ArgumentOutOfRangeException(nameof(proved)),
        };
}
