using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>A call that is repeated after a lost answer gets the first answer, for a minute.</summary>
public sealed class RepeatedCallTests
{
    private static readonly AccountRules s_twoFactors = new() { NeedsTwoFactors = true };

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Operation_is_remembered_for_a_minute(long ticks, bool isKept)
    {
        OperationId operation = OperationId.New();
        Account account = Given.Registered();
        account = account.SignIn(Given.SignIn(operation), Given.Context()).Next!;

        account = account
            .SignIn(
                Given.SignIn(OperationId.New()),
                Given.Context(after: TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(ticks))
            )
            .Next!;

        Assert.Equal(isKept, account.FinishedBy(operation) is not null);
    }

    [Fact]
    public void Last_sixteen_operations_are_remembered()
    {
        OperationId[] operations = [.. Enumerable.Range(0, 17).Select(_ => OperationId.New())];
        Account account = Given.Registered();
        foreach (OperationId operation in operations)
            account = account.SignIn(Given.SignIn(operation), Given.Context()).Next!;

        Assert.Null(account.FinishedBy(operations[0]));
        Assert.All(operations[1..], known => Assert.NotNull(account.FinishedBy(known)));
        Assert.Null(account.FinishedBy(null));
    }

    [Fact]
    public void Repeated_factor_change_changes_nothing_and_renews_the_tokens_again()
    {
        Account plain = Given.Registered();
        Caller caller = Given.CallerOf(plain, operation: OperationId.New());
        Account added = plain
            .AddPasskey(caller, Given.Passkey("new"), Given.Challenge(), Given.Context())
            .Next!;
        Account removed = Given
            .WithPasskeys(1, plain)
            .RemovePasskey(caller, "passkey-0", Given.Context())
            .Next!;
        (Account app, _, _) = Given.WithTotp();
        Caller byCode = Given.CallerOf(app, Given.ByCode, operation: OperationId.New());
        Account off = app.RemoveOtp(AuthenticationMethod.Totp, byCode, Given.Context()).Next!;

        IsRepeated(
            added.AddPasskey(caller, Given.Passkey("new"), Given.Challenge(), Given.Context()),
            caller
        );
        IsRepeated(removed.RemovePasskey(caller, "passkey-0", Given.Context()), caller);
        IsRepeated(off.RemoveOtp(AuthenticationMethod.Totp, byCode, Given.Context()), byCode);
    }

    [Fact]
    public void Repeated_addition_of_a_first_factor_proves_two_factors_again()
    {
        Account account = Given.Registered();
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Account added = Add(account).Next!;

        Assert.Equal([AuthenticationMethod.Passkey], Add(added).Renews!.Proof!.Methods);

        AccountDecision<AddPasskeyResult> Add(Account before) =>
            before.AddPasskey(
                caller,
                Given.Passkey("new"),
                Given.Challenge(),
                Given.Context(s_twoFactors)
            );
    }

    [Fact]
    public void Repeated_confirmation_of_an_app_shows_its_codes_until_others_are_made()
    {
        Account account = Given.Registered();
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        AccountDecision<OfferOtpResult> offer = account.OfferOtp(
            AuthenticationMethod.Totp,
            caller,
            Given.Context()
        );
        Secret code = Given.Code(
            ((OfferOtpResult.Offered)offer.Result(new())).Secret.Text,
            Given.Now
        );
        AccountDecision<ConfirmOtpResult> first = offer.Next!.ConfirmOtp(
            AuthenticationMethod.Totp,
            caller,
            code,
            Given.Context()
        );

        AccountDecision<ConfirmOtpResult> again = first.Next!.ConfirmOtp(
            AuthenticationMethod.Totp,
            caller,
            code,
            Given.Context()
        );
        Account anew = first
            .Next.MakeRecoveryCodes(
                Given.CallerOf(first.Next, Given.ByCode, operation: OperationId.New()),
                Given.Context()
            )
            .Next!;

        Assert.Equal(Codes(first), Codes(again));
        Assert.Equal(Given.ByCode, again.Renews!.Proof!.Methods);
        IsRepeated(again, caller);
        Assert.IsType<ConfirmOtpResult.CodesLost>(
            anew.ConfirmOtp(AuthenticationMethod.Totp, caller, code, Given.Context()).Result(new())
        );

        static IEnumerable<Secret> Codes(AccountDecision<ConfirmOtpResult> decision) =>
            Assert.IsType<ConfirmOtpResult.Added>(decision.Result(new())).RecoveryCodes;
    }

    [Fact]
    public void Repeated_sign_in_returns_its_session_until_the_stamp_changes()
    {
        SignInContext signIn = Given.SignIn(OperationId.New());
        Account passkey = Given.WithPasskeys(1);
        PasskeyUse use = Given.Use(passkey);
        (Account app, string secret, _) = Given.WithTotp();

        GoesOn(passkey, account => account.SignInWithPasskey(use, signIn, Given.Context()));
        GoesOn(
            app,
            account =>
                account.CompleteSignIn(
                    "login",
                    app.Stamp,
                    Given.TotpCode(secret),
                    signIn,
                    Given.Context()
                )
        );

        static void GoesOn(Account account, Func<Account, AccountDecision> signIn)
        {
            AccountDecision first = signIn(account);
            AccountDecision again = signIn(first.Next!);
            AccountDecision late = signIn(first.Next! with { Stamp = account.Stamp + 1 });

            Assert.Equal(first.Starts!.Id, again.Starts!.Id);
            Assert.Equal(first.Starts.Proof.Methods, again.Starts.Proof.Methods);
            Assert.Null(again.Next);
            Assert.Null(late.Starts);
        }
    }

    [Fact]
    public void Repeated_registration_that_awaits_verification_gets_the_same_answer()
    {
        SignInContext signIn = Given.SignIn(OperationId.New());
        AccountContext context = Given.Context(new() { NeedsVerifiedEmail = true });
        Account account = Account
            .Unused.Register(Given.Email, Given.Hash, mayMail: true, signIn, context)
            .Next!;

        AccountDecision<RegisterResult>? again = account.BeforeRegistering(signIn, context);

        Assert.IsType<RegisterResult.VerificationAwaited>(again!.Result(new()));
        Assert.Null(again.Next);
    }

    [Fact]
    public void Repeated_ending_of_all_sessions_ends_the_calling_one_and_no_other()
    {
        Account account = Given.WithSessions(3);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Account ended = account.EndSessions(caller, true, Given.Context()).Next!;

        AccountDecision<EndSessionsResult> again = ended.EndSessions(caller, true, Given.Context());

        Assert.Null(again.Next);
        Assert.Equal(Finishing.Required, again.Finishing);
        Assert.Equal(
            new SessionRevocation(caller.Session, SessionEndReason.SignedOut),
            again.Revokes
        );
        Assert.IsType<EndSessionsResult.Ended>(again.Result(new()));
    }

    [Fact]
    public void Repeated_deletion_finishes_what_was_left()
    {
        Account account = Given.Registered();
        Caller caller = Given.CallerOf(account, operation: OperationId.New());
        Account deleted = account.Delete(caller, Given.Context()).Next!;

        AccountDecision<DeleteResult> again = deleted.Delete(
            caller with
            {
                Live = null,
            },
            Given.Context()
        );

        Assert.IsType<DeleteResult.Deleted>(again.Result(new()));
        Assert.Equal(Finishing.Required, again.Finishing);
    }

    private static void IsRepeated(AccountDecision again, Caller caller)
    {
        Assert.Null(again.Next);
        Assert.Equal(caller.Session, again.Renews!.Session);
        Assert.Equal(Finishing.Required, again.Finishing);
    }
}
