using System.Text;

namespace SessionAuth.Domain.SignIn;

/// <summary>Which new passwords are refused: no rules of composition, any Unicode (NIST SP 800-63B-4 §3.1.1.2).</summary>
/// <param name="MinimumLength">The fewest code points.</param>
/// <param name="MaximumLength">The most code points.</param>
/// <param name="ServiceNames">Names of this service, which no password may be.</param>
/// <param name="IsCommon">Whether a password is on the list of common ones.</param>
public sealed record PasswordPolicy(
    int MinimumLength,
    int MaximumLength,
    IReadOnlyList<string> ServiceNames,
    Predicate<string> IsCommon
)
{
    /// <summary>
    /// The password in the form in which it is counted, compared and hashed: NFC, so that it can be typed on any device.
    /// Nothing else about it is changed.
    /// </summary>
    public static string Canonical(Password password) =>
        password.Text.Normalize(NormalizationForm.FormC);

    /// <summary>How the password violates the policy; null when it does not.</summary>
    /// <param name="password">The password as typed.</param>
    /// <param name="email">The account's email address, canonical.</param>
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
            return new(PasswordRefusal.LikeTheAddress);
        if (ServiceNames.Any(name => Same(text, name)))
            return new(PasswordRefusal.LikeTheService);
        return IsCommon(text) ? new(PasswordRefusal.Common) : null;
    }

    private static bool Same(string password, string name) =>
        string.Equals(password, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A violation of the <see cref="PasswordPolicy"/>.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Limit">The number of code points that the password had to have, where its length is wrong; otherwise 0.</param>
public sealed record PasswordViolation(PasswordRefusal Reason, int Limit = 0);
