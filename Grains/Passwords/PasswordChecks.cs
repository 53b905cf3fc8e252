using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Verifies and hashes passwords for accounts, outside of their turns.</summary>
internal sealed class PasswordChecks(PasswordHasher hasher, PasswordRules rules)
{
    /// <summary>Verifies a password at a sign-in, and rehashes it when its hash is outdated.</summary>
    /// <param name="account">The account; an unused one takes as long, against user enumeration.</param>
    /// <param name="user">The account's id.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="known">Whether it was typed on a known device.</param>
    public async Task<PasswordCheck> SignIn(
        Account account,
        UserId user,
        Password password,
        bool known
    )
    {
        if (await hasher.Verify(account.PasswordHash, password, known, user) is not { } isRight)
            return new PasswordCheck.Overloaded();

        // While the hashing is overloaded, the old hash stays: the next sign-in replaces it.
        string? renewed =
            isRight && hasher.IsOutdated(account.PasswordHash)
                ? await hasher.Hash(password, known: true)
                : null;
        return new PasswordCheck.Passed(new(account.Stamp, isRight, renewed));
    }

    /// <summary>Verifies the password of an account that the caller has a session of.</summary>
    public async Task<PasswordCheck> Verify(Account account, Password password) =>
        await hasher.Verify(account.PasswordHash, password, known: true) is { } isRight
            ? new PasswordCheck.Passed(new(account.Stamp, isRight))
            : new PasswordCheck.Overloaded();

    /// <summary>Verifies the current password and, when it is right, hashes the new one.</summary>
    public async Task<PasswordCheck> Replace(
        Account account,
        Password current,
        Password replacement
    )
    {
        if (await rules.Judge(replacement, account.Email!) is { } violation)
            return new PasswordCheck.Refused(violation);

        return await hasher.Verify(account.PasswordHash, current, known: true) switch
        {
            true => Passed(
                await Hash(account, replacement, known: true) is { } hashed
                    ? hashed with
                    {
                        IsRight = true,
                    }
                    : null
            ),
            false => new PasswordCheck.Passed(new(account.Stamp, IsRight: false)),
            null => new PasswordCheck.Overloaded(),
        };
    }

    /// <summary>Hashes a new password without verifying the current one: for a reset.</summary>
    public async Task<PasswordCheck> Choose(Account account, Password password) =>
        await rules.Judge(password, account.Email!) is { } violation
            ? new PasswordCheck.Refused(violation)
            : Passed(await Hash(account, password, known: true));

    /// <summary>Why the password policy refuses a new password; null when it does not.</summary>
    public ValueTask<PasswordViolation?> Violation(Password password, string email) =>
        rules.Judge(password, email);

    /// <summary>Hashes a new password; null when the hashing is overloaded.</summary>
    /// <param name="account">The account.</param>
    /// <param name="password">The new password.</param>
    /// <param name="known">Whether the user has authenticated before: known users are queued separately.</param>
    public async Task<PasswordTicket?> Hash(Account account, Password password, bool known) =>
        await hasher.Hash(password, known) is { } hash
            ? new(account.Stamp, IsRight: false, hash)
            : null;

    private static PasswordCheck Passed(PasswordTicket? ticket) =>
        ticket is null ? new PasswordCheck.Overloaded() : new PasswordCheck.Passed(ticket);
}
