using System.Text;
using Geralt;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Passwords as Argon2id hashes in PHC strings, which carry their own salt and parameters.</summary>
internal static class Argon2idHash
{
    // crypto_pwhash_STRBYTES: the room that libsodium asks for, zeros behind the hash.
    private const int HashCharacters = 128;

    public static string Compute(Password password, PasswordOptions options)
    {
        Span<char> hash = stackalloc char[HashCharacters];
        Argon2id.ComputeHash(hash, Bytes(password), options.Iterations, Memory(options));
        return hash.TrimEnd('\0').ToString();
    }

    /// <summary>Whether it is the password; a hash that is none matches nothing.</summary>
    public static bool Matches(string hash, Password password)
    {
        try
        {
            return Argon2id.VerifyHash(hash, Bytes(password));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // There is no way to ask beforehand.
            return false;
        }
    }

    /// <summary>Whether the hash was made with other parameters than those wanted now.</summary>
    public static bool IsOutdated(string hash, PasswordOptions options) =>
        Argon2id.NeedsRehash(hash, options.Iterations, Memory(options));

    private static byte[] Bytes(Password password) =>
        Encoding.UTF8.GetBytes(PasswordPolicy.Canonical(password));

    private static int Memory(PasswordOptions options) => options.MemoryKib * 1024;
}
