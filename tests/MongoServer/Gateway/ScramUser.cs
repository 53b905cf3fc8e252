using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>What a SCRAM-SHA-256 server stores of a user (RFC 5802 and 7677), which is not the password.</summary>
internal sealed class ScramUser
{
    /// <summary>The default of MongoDB.</summary>
    public const int Iterations = 15_000;

    public ScramUser(string name, string password)
    {
        Name = name;
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(
            password,
            Salt,
            Iterations,
            HashAlgorithmName.SHA256,
            SHA256.HashSizeInBytes
        );
        StoredKey = SHA256.HashData(Hmac(salted, "Client Key"));
        ServerKey = Hmac(salted, "Server Key");
    }

    public string Name { get; }

    public byte[] Salt { get; } = RandomNumberGenerator.GetBytes(28);

    public byte[] StoredKey { get; }

    public byte[] ServerKey { get; }

    public static byte[] Hmac(byte[] key, string text) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
