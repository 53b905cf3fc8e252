using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.SecondFactors;

/// <summary>A code of a second factor as it was typed.</summary>
internal static class TypedCode
{
    /// <summary>The code that was given; null when none was, or two.</summary>
    public static SecondFactorCode? Of(string? code, string? recoveryCode) =>
        (code, recoveryCode) switch
        {
            ({ } digits, null) => new(AuthenticationMethod.Totp, new(digits)),
            (null, { } recovery) => new(AuthenticationMethod.RecoveryCode, new(recovery)),
            _ => null,
        };
}
