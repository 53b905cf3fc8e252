using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Throttling;

/// <summary>How many failures in a row an account may have at one kind of its secrets.</summary>
/// <remarks>
/// Of passwords, 80 of strangers and 20 on known devices are 100 (NIST SP 800-63B-4 §3.2.2). Of codes, what strangers
/// may have before and after a reset by mail, what known devices may have, and the same of recovery codes are 100
/// together, so that no order of resets gives a guesser more.
/// </remarks>
/// <param name="Strangers">Failures of strangers.</param>
/// <param name="AfterReset">Failures of strangers after a reset by mail, until a secret was right.</param>
/// <param name="Devices">Failures on all known devices together.</param>
/// <param name="OwnersNotice">After how many the owner is to be told; 0 for never.</param>
internal sealed record AccountBudget(int Strangers, int AfterReset, int Devices, int OwnersNotice)
{
    private static readonly AccountBudget s_passwords = new(80, 80, 20, OwnersNotice: 0);
    private static readonly AccountBudget s_codes = new(50, 15, 20, OwnersNotice: 10);

    // 125 random bits: nobody guesses one. The limit is there for what tries cost.
    private static readonly AccountBudget s_recoveryCodes = new(5, 5, 5, OwnersNotice: 5);

    public static AccountBudget Of(SecretKind secret) =>
        secret switch
        {
            SecretKind.Password => s_passwords,
            SecretKind.Code => s_codes,
            SecretKind.RecoveryCode => s_recoveryCodes,
            _ => throw new ArgumentOutOfRangeException(nameof(secret)),
        };

    /// <summary>How many of the failures on known devices one of so many may have: all have the same.</summary>
    public int ShareOfDevices(int devices, int most) =>
        Math.Clamp(Devices / Math.Max(1, devices), 1, most);
}
