using System.Text;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Passwords;

/// <summary>Which new passwords are refused: no rules of composition, any Unicode (NIST SP 800-63B-4 §3.1.1.2).</summary>
internal static class PasswordRules
{
    /// <summary>The one change that is made to a password: Unicode's form NFC, so that it can be typed on any device.</summary>
    public static string Canonical(Password password) =>
        password.Text.Normalize(NormalizationForm.FormC);

    public static PasswordRefusal? Judge(Password password, string email, PasswordOptions options)
    {
        string text = Canonical(password);
        int length = text.EnumerateRunes().Count();
        if (length < options.MinimumLength)
            return PasswordRefusal.TooShort;
        if (length > options.MaximumLength)
            return PasswordRefusal.TooLong;
        if (Same(text, email) || Same(text, email[..email.IndexOf('@', StringComparison.Ordinal)]))
            return PasswordRefusal.LikeTheAddress;
        if (options.ServiceNames.Any(name => Same(text, name)))
            return PasswordRefusal.LikeTheService;
        return CommonPasswords.Contains(text) ? PasswordRefusal.Common : null;
    }

    private static bool Same(string password, string name) =>
        string.Equals(password, name, StringComparison.OrdinalIgnoreCase);
}
