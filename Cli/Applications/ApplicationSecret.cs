using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Cli.Applications;

/// <summary>A new secret of an application.</summary>
/// <param name="Text">The secret: 256 random bits in base64url.</param>
/// <param name="Hash">The SHA-256 of its characters, in base64url.</param>
internal sealed record ApplicationSecret(string Text, string Hash)
{
    private const int Bytes = 32;

    public static ApplicationSecret New()
    {
        string text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return new(text, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text))));
    }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
