using System.Text;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Passwords;

/// <summary>Which new passwords are refused: no rules of composition, any Unicode (NIST SP 800-63B-4 §3.1.1.2).</summary>
internal sealed class PasswordRules(IOptions<PasswordOptions> options, BreachedPasswords breached)
{
    /// <summary>The one change that is made to a password: Unicode's form NFC, so that it can be typed on any device.</summary>
    public static string Canonical(Password password) =>
        password.Text.Normalize(NormalizationForm.FormC);

    /// <summary>Why the password is refused; null when it is not.</summary>
    public async ValueTask<PasswordRefused?> Judge(Password password, string email)
    {
        PasswordOptions rules = options.Value;
        string text = Canonical(password);
        int length = text.EnumerateRunes().Count();
        if (length < rules.MinimumLength)
            return new(PasswordRefusal.TooShort, rules.MinimumLength);
        if (length > rules.MaximumLength)
            return new(PasswordRefusal.TooLong, rules.MaximumLength);
        if (Same(text, email) || Same(text, email[..email.IndexOf('@', StringComparison.Ordinal)]))
            return new(PasswordRefusal.LikeTheAddress);
        if (rules.ServiceNames.Any(name => Same(text, name)))
            return new(PasswordRefusal.LikeTheService);
        if (CommonPasswords.Contains(text))
            return new(PasswordRefusal.Common);
        return await breached.Contains(text) ? new(PasswordRefusal.Breached) : null;
    }

    private static bool Same(string password, string name) =>
        string.Equals(password, name, StringComparison.OrdinalIgnoreCase);
}
