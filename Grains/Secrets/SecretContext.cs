using SessionAuth.Domain;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Grains.Secrets;

/// <summary>What an encrypted secret belongs to, and its purpose there: it decrypts as nothing else.</summary>
internal readonly record struct SecretContext
{
    private SecretContext(string text) => Text = text;

    /// <summary>The associated data of the encryption. It must not change: stored secrets depend on it.</summary>
    public string Text { get; }

    /// <summary>A secret of a user.</summary>
    public static SecretContext Of(UserId user, string purpose) => new($"{user.Value}/{purpose}");

    /// <summary>A private part of a key of the cluster. No user id begins like that.</summary>
    public static SecretContext Of(KeyId key, string part) => new($"key-{key.Value}/{part}");
}
