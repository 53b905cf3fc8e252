using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>
/// The <see cref="PasswordPolicy"/> with its deny lists: common passwords, and those known from breaches.
/// </summary>
internal sealed class PasswordRules(IOptions<PasswordOptions> options, BreachedPasswords breached)
{
    private readonly PasswordPolicy _policy = new(
        options.Value.MinimumLength,
        options.Value.ServiceNames,
        CommonPasswords.Contains
    );

    /// <summary>Why the password is refused; null when it is not.</summary>
    public async ValueTask<PasswordViolation?> Judge(Password password, string email)
    {
        if (_policy.Validate(password, email) is { } violation)
            return violation;

        return await breached.Contains(PasswordPolicy.Canonical(password))
            ? new(PasswordRefusal.Breached)
            : null;
    }
}
