using System.Text;
using Geralt;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Argon2id password hashes as PHC strings, which contain their salt and parameters.</summary>
internal static class Argon2idHash
{
    // crypto_pwhash_STRBYTES: libsodium pads the string with NULs to this length.
    private const int HashCharacters = 128;

    public static string Compute(Password password, PasswordOptions options)
    {
        Span<char> hash = stackalloc char[HashCharacters];
        Argon2id.ComputeHash(hash, Bytes(password), options.Iterations, Memory(options));
        return hash.TrimEnd('\0').ToString();
    }

    /// <summary>Whether the hash is the password's; false for a malformed hash.</summary>
    public static bool Matches(string hash, Password password)
    {
        try
        {
            return Argon2id.VerifyHash(hash, Bytes(password));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // The library has no way to validate a hash beforehand.
            return false;
        }
    }

    /// <summary>Whether the hash has other parameters than those configured now.</summary>
    public static bool IsOutdated(string hash, PasswordOptions options) =>
        Argon2id.NeedsRehash(hash, options.Iterations, Memory(options));

    private static byte[] Bytes(Password password) =>
        Encoding.UTF8.GetBytes(PasswordPolicy.Canonical(password));

    private static int Memory(PasswordOptions options) => options.MemoryKib * 1024;
}
