using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>All second factors that there are, and what follows from those that an account has.</summary>
public static class SecondFactorSet
{
    private static readonly ISecondFactor[] s_all =
    [
        new TotpFactor(),
        new RecoveryCodeFactor(),
        new PasskeyFactor(),
    ];

    /// <summary>Those that the account has, in the order in which they are offered.</summary>
    public static IEnumerable<ISecondFactor> On(Account account) =>
        s_all.Where(factor => factor.IsOn(account));

    /// <summary>What a sign-in by password can be completed with, where the account asks for a second step.</summary>
    public static IReadOnlyList<AuthenticationMethod> MethodsOf(Account account) =>
        [.. On(account).Select(factor => factor.Method)];

    /// <summary>Whether a sign-in by password has a second step.</summary>
    public static bool IsAskedAfterPassword(Account account) =>
        On(account).Any(factor => factor.IsAskedAfterPassword);

    /// <summary>Whether the account has a factor beside the password.</summary>
    public static bool HasFactor(Account account) => On(account).Any(factor => factor.IsFactor);

    /// <summary>Whether the account would be left without a factor, where the settings ask for one.</summary>
    /// <param name="next">The account as it would be.</param>
    /// <param name="rules">The settings.</param>
    public static bool LosesItsLast(Account next, AccountRules rules) =>
        rules.NeedsTwoFactors && !HasFactor(next);

    /// <summary>Whether a method is two factors in one.</summary>
    public static bool VerifiesItsUser(AuthenticationMethod method) =>
        s_all.Any(factor => factor.Method == method && factor.VerifiesItsUser);

    /// <summary>Spends a code of whichever factor it is for.</summary>
    /// <returns>The account without the code; null when the code is not good.</returns>
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
