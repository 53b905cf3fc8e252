using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Accounts with more than one second factor: each is confirmed, used and removed separately.</summary>
public sealed class SeveralFactorsTests
{
    // Any method other than the app's; its content does not matter.
    private static readonly OtpAuthenticator s_another = new(
        AuthenticationMethod.RecoveryCode,
        "sealed",
        Given.Now,
        LastCounter: 0
    );

    [Fact]
    public void Removing_a_factor_leaves_the_other_one_and_the_recovery_codes()
    {
        (Account account, _, _) = Given.WithTotp();
        Account both = account with { Otp = [s_another, .. account.Otp] };

        Account next = both.RemoveOtp(
            AuthenticationMethod.Totp,
            Given.CallerOf(both, Given.ByCode),
            Given.Context()
        ).Next!;

        Assert.Equal([s_another], next.Otp);
        Assert.Equal(both.RecoveryCodes, next.RecoveryCodes);
        Assert.Equal(AuthenticationMethod.Totp, next.Activity[0].Method);
        Assert.Equal(AuthenticationMethod.Totp, next.Outbox[^1].Method);
    }

    [Fact]
    public void Using_a_code_does_not_change_the_other_factor()
    {
        (Account account, string secret, _) = Given.WithTotp();
        Account both = account with { Otp = [s_another, .. account.Otp] };

        Account spent = SecondFactorSet.Spend(
            both,
            Given.TotpCode(secret),
            Given.Device,
            Given.Context()
        )!;

        Assert.Equal(2, spent.Otp.Count);
        Assert.Equal(s_another, spent.OtpOf(s_another.Method));
    }

    [Fact]
    public void Factor_is_neither_on_nor_confirmed_because_another_one_is()
    {
        Account account = Given.Registered() with { Otp = [s_another], OfferedOtp = s_another };

        Assert.Null(account.OtpOf(AuthenticationMethod.Totp));
        Assert.IsType<ConfirmOtpResult.NotOffered>(
            account
                .ConfirmOtp(
                    AuthenticationMethod.Totp,
                    Given.CallerOf(account, operation: OperationId.New()),
                    new("123456"),
                    Given.Context()
                )
                .Result(new())
        );
    }

    [Fact]
    public void Recovery_codes_do_not_count_as_the_last_factor()
    {
        (Account account, _, _) = Given.WithTotp();
        account = Given.WithPasskeys(1, account with { Otp = [] });

        AccountDecision<RemovePasskeyResult> decision = account.RemovePasskey(
            Given.CallerOf(account, [AuthenticationMethod.Passkey]),
            "passkey-0",
            Given.Context(new() { NeedsTwoFactors = true })
        );

        Assert.IsType<RemovePasskeyResult.LastFactor>(decision.Result(new()));
    }

    [Theory]
    [InlineData(AuthenticationMethod.Password, false)]
    [InlineData(AuthenticationMethod.Totp, true)]
    [InlineData(AuthenticationMethod.RecoveryCode, false)]
    [InlineData(AuthenticationMethod.Passkey, false)]
    public void Only_an_app_requires_a_second_step_at_sign_in(
        AuthenticationMethod method,
        bool isAsked
    ) => Assert.Equal(isAsked, SecondFactorSet.IsAskedAfterPassword(method));

    [Fact]
    public void Key_URI_names_the_issuer_the_email_and_the_secret() =>
        Assert.Equal(
            "otpauth://totp/Example:ada@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Example",
            new TotpFactor().KeyUri("Example", Given.Email, new("JBSWY3DPEHPK3PXP"))
        );
}
