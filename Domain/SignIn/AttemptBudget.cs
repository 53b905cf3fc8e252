namespace SessionAuth.Domain.SignIn;

/// <summary>The limits of consecutive failures for one kind of an account's secrets.</summary>
/// <remarks>
/// For passwords, 80 failures from unknown devices and 20 from known devices add up to 100 (NIST SP 800-63B-4 §3.2.2).
/// For codes, the failures from unknown devices before and after a reset by email, those from known devices, and the
/// same for recovery codes add up to 100, so that no sequence of resets gives an attacker more attempts.
/// </remarks>
/// <param name="Strangers">The limit for unknown devices.</param>
/// <param name="AfterReset">The limit for unknown devices after a reset by email, until an attempt succeeds.</param>
/// <param name="Devices">The limit for all known devices together.</param>
/// <param name="OwnersNotice">The number of failures after which the owner is notified; 0 to never notify.</param>
public sealed record AttemptBudget(int Strangers, int AfterReset, int Devices, int OwnersNotice)
{
    private static readonly AttemptBudget s_passwords = new(80, 80, 20, OwnersNotice: 0);
    private static readonly AttemptBudget s_codes = new(50, 15, 20, OwnersNotice: 10);

    // A recovery code has 125 random bits and cannot be guessed. The limit bounds the cost of attempts.
    private static readonly AttemptBudget s_recoveryCodes = new(5, 5, 5, OwnersNotice: 5);

    /// <summary>The limits for a kind of secret.</summary>
    public static AttemptBudget Of(SecretKind secret) =>
        secret switch
        {
            SecretKind.Password => s_passwords,
            SecretKind.Code => s_codes,
            SecretKind.RecoveryCode => s_recoveryCodes,
        };

    /// <summary>The limit for each known device: an equal share of <see cref="Devices"/>.</summary>
    public int ShareOfDevices(int devices, int most) =>
        Math.Clamp(Devices / Math.Max(1, devices), 1, most);
}
