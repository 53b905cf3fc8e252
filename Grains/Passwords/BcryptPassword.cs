using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Passwords against hashes that another system made with bcrypt. None is made here.</summary>
/// <remarks>
/// The library answers as bcryptjs does: what is behind the first 72 bytes of UTF-8 counts for nothing, and a NUL is a
/// byte like the others.
/// </remarks>
internal static class BcryptPassword
{
    /// <summary>
    /// Whether it is the password. The other system hashed what was typed as it came, on that device: if that does
    /// not match, the same text may have been typed on another that composes its letters.
    /// </summary>
    public static bool Matches(BcryptHash hash, Password password)
    {
        if (!hash.IsBearable)
            return false;

        try
        {
            string canonical = PasswordPolicy.Canonical(password);
            return BCrypt.Net.BCrypt.Verify(password.Text, hash.Text)
                || (canonical != password.Text && BCrypt.Net.BCrypt.Verify(canonical, hash.Text));
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: no text, and nobody's password.
            return false;
        }
    }
}
