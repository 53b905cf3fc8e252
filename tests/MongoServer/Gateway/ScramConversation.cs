using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>The server side of one SCRAM-SHA-256 authentication.</summary>
internal sealed class ScramConversation(ScramUser user)
{
    private const string NoChannelBinding = "n,,";

    private string _nonce = "";
    private string _soFar = "";

    /// <summary>The answer to the client's first message; null when it names another user.</summary>
    public byte[]? Begin(byte[] payload)
    {
        string message = Encoding.UTF8.GetString(payload);
        if (!message.StartsWith(NoChannelBinding, StringComparison.Ordinal))
            return null;
        string bare = message[NoChannelBinding.Length..];
        if (Unescaped(Member(bare, "n=")) != user.Name)
            return null;

        _nonce = Member(bare, "r=") + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
        string answer =
            $"r={_nonce},s={Convert.ToBase64String(user.Salt)},i={ScramUser.Iterations}";
        _soFar = $"{bare},{answer},";
        return Encoding.UTF8.GetBytes(answer);
    }

    /// <summary>The answer to the client's proof; null when it is wrong.</summary>
    public byte[]? End(byte[] payload)
    {
        string message = Encoding.UTF8.GetString(payload);
        int end = message.LastIndexOf(",p=", StringComparison.Ordinal);
        if (end < 0 || _nonce.Length == 0 || Member(message, "r=") != _nonce)
            return null;

        string all = _soFar + message[..end];
        byte[] signature = ScramUser.Hmac(user.StoredKey, all);
        byte[] key = Convert.FromBase64String(Member(message, "p="));
        for (int i = 0; i < key.Length && i < signature.Length; i++)
            key[i] ^= signature[i];
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), user.StoredKey))
            return null;
        return Encoding.UTF8.GetBytes(
            $"v={Convert.ToBase64String(ScramUser.Hmac(user.ServerKey, all))}"
        );
    }

    private static string Member(string message, string name) =>
        message
            .Split(',')
            .FirstOrDefault(member => member.StartsWith(name, StringComparison.Ordinal))
            ?[name.Length..]
        ?? "";

    private static string Unescaped(string name) =>
        name.Replace("=2C", ",", StringComparison.Ordinal)
            .Replace("=3D", "=", StringComparison.Ordinal);
}
