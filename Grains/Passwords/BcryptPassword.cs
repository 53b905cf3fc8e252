using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Verifies passwords against imported bcrypt hashes. New hashes are Argon2id.</summary>
/// <remarks>
/// The library agrees with bcryptjs: only the first 72 bytes of UTF-8 count, and NUL does not end the password.
/// </remarks>
internal static class BcryptPassword
{
    /// <summary>
    /// Whether the hash is the password's. The other system did not normalize Unicode, so the text as typed is tried
    /// first and then its canonical form, in case it was set on a device that composes characters differently.
    /// </summary>
    public static bool Matches(BcryptHash hash, Password password)
    {
        if (!hash.HasAcceptableCost)
            return false;

        try
        {
            string canonical = PasswordPolicy.Canonical(password);
            return BCrypt.Net.BCrypt.Verify(password.Text, hash.Text)
                || (canonical != password.Text && BCrypt.Net.BCrypt.Verify(canonical, hash.Text));
        }
        catch (ArgumentException)
        {
            // A lone surrogate: not valid Unicode, so it cannot be the password.
            return false;
        }
    }
}
