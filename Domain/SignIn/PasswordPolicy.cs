using System.Text;

namespace SessionAuth.Domain.SignIn;

/// <summary>The rules for new passwords: no composition rules, any Unicode (NIST SP 800-63B-4 §3.1.1.2).</summary>
/// <param name="MinimumLength">The minimum length, in code points.</param>
/// <param name="ServiceNames">Names of this service, which are not allowed as passwords.</param>
/// <param name="IsCommon">Whether a password is on the list of common passwords.</param>
public sealed record PasswordPolicy(
    int MinimumLength,
    IReadOnlyList<string> ServiceNames,
    Predicate<string> IsCommon
)
{
    /// <summary>The lowest value of <see cref="MinimumLength"/> that may be configured.</summary>
    public const int LeastMinimumLength = 8;

    /// <summary>The maximum length, in code points.</summary>
    public const int MaximumLength = 256;

    /// <summary>
    /// The canonical form in which a password is measured, compared and hashed: NFC, so that it can be entered on any
    /// device. Nothing else is changed.
    /// </summary>
    public static string Canonical(Password password) =>
        password.Text.Normalize(NormalizationForm.FormC);

    /// <summary>Validates a new password; null if it complies.</summary>
    /// <param name="password">The password as entered.</param>
    /// <param name="email">The account's canonical email.</param>
    public PasswordViolation? Validate(Password password, string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        string text = Canonical(password);
        int length = text.EnumerateRunes().Count();
        if (length < MinimumLength)
            return new(PasswordRefusal.TooShort, MinimumLength);
        if (length > MaximumLength)
            return new(PasswordRefusal.TooLong, MaximumLength);
        if (Same(text, email) || Same(text, email[..email.IndexOf('@', StringComparison.Ordinal)]))
            return new(PasswordRefusal.LikeTheEmail);
        if (ServiceNames.Any(name => Same(text, name)))
            return new(PasswordRefusal.LikeTheService);
        return IsCommon(text) ? new(PasswordRefusal.Common) : null;
    }

    private static bool Same(string password, string name) =>
        string.Equals(password, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A violation of the <see cref="PasswordPolicy"/>.</summary>
/// <param name="Reason">The violated rule.</param>
/// <param name="Limit">The violated length limit, in code points; 0 for other reasons.</param>
public sealed record PasswordViolation(PasswordRefusal Reason, int Limit = 0);
