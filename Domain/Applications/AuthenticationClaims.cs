using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Applications;

/// <summary>How applications are told in which way a user has authenticated.</summary>
public static class AuthenticationClaims
{
    /// <summary>The <c>acr</c> of one factor.</summary>
    public const string OneFactor = "urn:sessionauth:acr:1fa";

    /// <summary>The <c>acr</c> of two factors, a passkey included, which verifies its user.</summary>
    public const string TwoFactors = "urn:sessionauth:acr:2fa";

    /// <summary>The authentication context class (<c>acr</c>, OpenID Connect Core §2); null without any method.</summary>
    public static string? Acr(IReadOnlyList<AuthenticationMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        return methods.Count == 0 ? null
            : StepUpPolicy.IsTwoFactor(methods) ? TwoFactors
            : OneFactor;
    }

    /// <summary>The authentication methods (<c>amr</c>) in the terms of RFC 8176.</summary>
    public static IReadOnlyList<string> Amr(IReadOnlyList<AuthenticationMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        IEnumerable<string> terms = methods.Select(Term).Distinct(StringComparer.Ordinal);
        return StepUpPolicy.IsTwoFactor(methods) ? [.. terms, "mfa"] : [.. terms];
    }

    private static string Term(AuthenticationMethod method) =>
        method switch
        {
            AuthenticationMethod.Password => "pwd",
            // A recovery code is a password that can be used once.
            AuthenticationMethod.Totp or AuthenticationMethod.RecoveryCode => "otp",
            AuthenticationMethod.Passkey => "pop",
        };
}
