using System.Text;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Passwords;

/// <summary>Which new passwords are refused: no rules of composition, any Unicode (NIST SP 800-63B-4 §3.1.1.2).</summary>
internal static class PasswordRules
{
    /// <summary>The one change that is made to a password: Unicode's form NFC, so that it can be typed on any device.</summary>
    public static string Canonical(Password password) =>
        password.Text.Normalize(NormalizationForm.FormC);

    public static PasswordRefused? Judge(Password password, string email, PasswordOptions options)
    {
        string text = Canonical(password);
        int length = text.EnumerateRunes().Count();
        if (length < options.MinimumLength)
            return new(PasswordRefusal.TooShort, options.MinimumLength);
        if (length > options.MaximumLength)
            return new(PasswordRefusal.TooLong, options.MaximumLength);
        if (Same(text, email) || Same(text, email[..email.IndexOf('@', StringComparison.Ordinal)]))
            return new(PasswordRefusal.LikeTheAddress);
        if (options.ServiceNames.Any(name => Same(text, name)))
            return new(PasswordRefusal.LikeTheService);
        return CommonPasswords.Contains(text) ? new(PasswordRefusal.Common) : null;
    }

    private static bool Same(string password, string name) =>
        string.Equals(password, name, StringComparison.OrdinalIgnoreCase);
}
