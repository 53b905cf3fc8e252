namespace SessionAuth.Domain.SignIn;

/// <summary>How many failures in a row an account may have at one kind of its secrets.</summary>
/// <remarks>
/// For passwords, 80 failures of strangers and 20 on known devices make 100 (NIST SP 800-63B-4 §3.2.2). For codes, those
/// of strangers before and after a reset by email, those on known devices, and the same for recovery codes make 100
/// together, so that no sequence of resets gives a guesser more.
/// </remarks>
/// <param name="Strangers">Failures of strangers.</param>
/// <param name="AfterReset">Failures of strangers after a reset by email, until a secret was right.</param>
/// <param name="Devices">Failures on all known devices together.</param>
/// <param name="OwnersNotice">The number of failures after which the owner is notified; 0 for never.</param>
public sealed record AttemptBudget(int Strangers, int AfterReset, int Devices, int OwnersNotice)
{
    private static readonly AttemptBudget s_passwords = new(80, 80, 20, OwnersNotice: 0);
    private static readonly AttemptBudget s_codes = new(50, 15, 20, OwnersNotice: 10);

    // 125 random bits: nobody guesses one. The limit bounds what attempts cost.
    private static readonly AttemptBudget s_recoveryCodes = new(5, 5, 5, OwnersNotice: 5);

    /// <summary>The budget of a kind of secret.</summary>
    public static AttemptBudget Of(SecretKind secret) =>
        secret switch
        {
            SecretKind.Password => s_passwords,
            SecretKind.Code => s_codes,
            SecretKind.RecoveryCode => s_recoveryCodes,
        };

    /// <summary>How many failures one of a number of known devices may have: all have the same share.</summary>
    public int ShareOfDevices(int devices, int most) =>
        Math.Clamp(Devices / Math.Max(1, devices), 1, most);
}
