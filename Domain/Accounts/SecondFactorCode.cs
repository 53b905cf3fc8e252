using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>An entered code for a second factor.</summary>
/// <param name="Method">
/// <see cref="AuthenticationMethod.Totp"/> or <see cref="AuthenticationMethod.RecoveryCode"/>.
/// </param>
/// <param name="Text">The code as entered.</param>
public sealed record SecondFactorCode(AuthenticationMethod Method, Secret Text)
{
    /// <summary>Creates the code from a request; null unless exactly one code was presented.</summary>
    /// <param name="code">A code of the authenticator app.</param>
    /// <param name="recoveryCode">A recovery code.</param>
    public static SecondFactorCode? Of(string? code, string? recoveryCode) =>
        (code, recoveryCode) switch
        {
            ({ } digits, null) => new(AuthenticationMethod.Totp, new(digits)),
            (null, { } recovery) => new(AuthenticationMethod.RecoveryCode, new(recovery)),
            (null, null) or ({ }, { }) => null,
        };
}
