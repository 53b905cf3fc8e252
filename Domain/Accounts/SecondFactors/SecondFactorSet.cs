using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>The supported second factors, and the rules that follow from those of an account.</summary>
public static class SecondFactorSet
{
    private static readonly ISecondFactor[] s_all =
    [
        new TotpFactor(),
        new RecoveryCodeFactor(),
        new PasskeyFactor(),
    ];

    /// <summary>The OTP factors.</summary>
    public static IEnumerable<OtpFactor> Otps => s_all.OfType<OtpFactor>();

    /// <summary>The factors that the account has, in the order in which they are offered.</summary>
    public static IEnumerable<ISecondFactor> On(Account account) =>
        s_all.Where(factor => factor.IsOn(account));

    /// <summary>The OTP factor with this method.</summary>
    public static OtpFactor Otp(AuthenticationMethod method) =>
        Otps.Single(factor => factor.Method == method);

    /// <summary>The methods that complete a sign-in by password, if the account requires a second step.</summary>
    public static IReadOnlyList<AuthenticationMethod> MethodsOf(Account account) =>
        [.. On(account).Select(factor => factor.Method)];

    /// <summary>Whether a sign-in by password requires a second step.</summary>
    public static bool IsAskedAfterPassword(Account account) =>
        On(account).Any(factor => factor.IsAskedAfterPassword);

    /// <summary>Whether a method causes a second step.</summary>
    public static bool IsAskedAfterPassword(AuthenticationMethod method) =>
        s_all.Any(factor => factor.Method == method && factor.IsAskedAfterPassword);

    /// <summary>Whether the account has a second factor.</summary>
    public static bool HasFactor(Account account) => On(account).Any(factor => factor.IsFactor);

    /// <summary>Whether a change would remove the last second factor although the settings require one.</summary>
    /// <param name="next">The account after the change.</param>
    /// <param name="rules">The configured rules.</param>
    public static bool WouldRemoveLast(Account next, AccountRules rules) =>
        rules.NeedsTwoFactors && !HasFactor(next);

    /// <summary>Whether a method counts as two factors.</summary>
    public static bool VerifiesItsUser(AuthenticationMethod method) =>
        s_all.Any(factor => factor.Method == method && factor.VerifiesItsUser);

    /// <summary>Uses a code of the factor that it belongs to.</summary>
    /// <returns>The account after the use; null if the code is wrong or was used before.</returns>
    public static Account? Spend(
        Account account,
        SecondFactorCode code,
        ClientDevice device,
        AccountContext context
    ) =>
        s_all
            .OfType<ICodeFactor>()
            .FirstOrDefault(factor => factor.Method == code.Method)
            ?.Spend(account, code.Text, device, context);
}
