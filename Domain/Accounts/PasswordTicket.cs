namespace SessionAuth.Domain.Accounts;

/// <summary>
/// The result of verifying or hashing a password outside of the account's turn. It is valid for one decision, and only
/// while the account's secrets have not changed (optimistic concurrency by the stamp).
/// </summary>
/// <param name="Stamp">The account's stamp before the verification.</param>
/// <param name="IsRight">Whether the presented password is right; false if none was verified.</param>
/// <param name="NewHash">
/// The hash to store, of a new password or of the right one with current parameters; null to keep the stored one.
/// </param>
public sealed record PasswordTicket(long Stamp, bool IsRight, string? NewHash = null)
{
    internal bool IsFor(Account account) => Stamp == account.Stamp;
}
