namespace SessionAuth.Domain.Sessions;

/// <summary>
/// The usual lists of authentication methods, one of each: very many sessions have the same, and every session that is
/// read from storage would bring its own.
/// </summary>
internal static class MethodLists
{
    private static readonly AuthenticationMethod[][] s_usual =
    [
        [],
        [AuthenticationMethod.Password],
        [AuthenticationMethod.Passkey],
        [AuthenticationMethod.Password, AuthenticationMethod.Totp],
        [AuthenticationMethod.Password, AuthenticationMethod.RecoveryCode],
    ];

    /// <summary>A list with the same methods in the same order, the usual one if there is one.</summary>
    public static IReadOnlyList<AuthenticationMethod> Shared(
        IReadOnlyList<AuthenticationMethod> methods
    ) => Array.Find(s_usual, usual => usual.SequenceEqual(methods)) ?? methods;
}
