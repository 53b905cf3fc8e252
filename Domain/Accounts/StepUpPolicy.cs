using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>
/// Decides whether a session needs a step-up before a sensitive change (ASVS 7.5.1). Its authentication must be recent
/// (<c>auth_time</c>), and with two factors if the account has or needs them.
/// </summary>
public static class StepUpPolicy
{
    /// <summary>
    /// Creates the proof for these methods. It is restricted if the settings require two factors and it has only one.
    /// </summary>
    public static SessionProof ProofOf(
        IReadOnlyList<AuthenticationMethod> methods,
        AccountRules rules
    ) => new(methods, Restricted: rules.NeedsTwoFactors && !IsTwoFactor(methods));

    /// <summary>Whether the session's authentication is recent and strong enough.</summary>
    public static bool IsEnough(Account account, SessionSnapshot session, AccountContext context)
    {
        bool isFresh =
            session.AuthenticatedAt is { } at && context.Now - at <= context.Rules.ProofAge;
        bool isStrong =
            !AsksForTwoFactors(account, context.Rules) || IsTwoFactor(session.Proof.Methods);
        return isFresh && isStrong;
    }

    /// <summary>The accepted alternatives, each a combination of methods; empty if the account has none.</summary>
    public static IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Ways(
        Account account,
        AccountRules rules
    )
    {
        List<IReadOnlyList<AuthenticationMethod>> ways = [];
        if (account.PasswordHash is not null && SecondFactorSet.IsAskedAfterPassword(account))
            ways.AddRange(
                SecondFactorSet
                    .On(account)
                    .OfType<ICodeFactor>()
                    .Select(factor =>
                        (IReadOnlyList<AuthenticationMethod>)
                            [AuthenticationMethod.Password, factor.Method]
                    )
            );
        else if (account.PasswordHash is not null && !AsksForTwoFactors(account, rules))
            ways.Add([AuthenticationMethod.Password]);

        ways.AddRange(
            SecondFactorSet
                .On(account)
                .Where(factor => factor.VerifiesItsUser)
                .Select(factor => (IReadOnlyList<AuthenticationMethod>)[factor.Method])
        );
        return ways;
    }

    private static bool AsksForTwoFactors(Account account, AccountRules rules) =>
        SecondFactorSet.IsAskedAfterPassword(account)
        || (rules.NeedsTwoFactors && SecondFactorSet.HasFactor(account));

    /// <summary>Whether these methods are two factors.</summary>
    public static bool IsTwoFactor(IReadOnlyList<AuthenticationMethod> methods) =>
        methods.Count > 1 || methods.Any(SecondFactorSet.VerifiesItsUser);
}
