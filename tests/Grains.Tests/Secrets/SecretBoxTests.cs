using System.Text;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.Keys;
using SessionAuth.Grains.Secrets;

namespace SessionAuth.Grains.Tests.Secrets;

/// <summary>Stored secrets.</summary>
public sealed class SecretBoxTests
{
    private const string Key = "jXq0zv3dJwPq8nS1uTtLr5cYb7mKf2hGa9eRz4oWi6U";
    private const string OtherKey = "bQ0r7yFz2uWn5xKc8vTm1sJd4hGe6aPl9oIi3kYw0Xs";

    // "a totp key" of this user, encrypted by another implementation with the nonce 00 01 … 0b.
    private const string Stored = "dABqYAABAgMEBQYHCAkKCyC4tl0p4w4uxauYtm0m42KdEBiZ9gyE3-8j";

    private static readonly UserId s_user = UserId.Parse("0123456789abcdef0123456789abcdef");

    [Fact]
    public void Secret_of_a_user_that_was_stored_long_ago_is_decrypted() =>
        Assert.Equal(
            "a totp key",
            Encoding.UTF8.GetString(Box(Key).Open(SecretContext.Of(s_user, "totp"), Stored)!)
        );

    [Fact]
    public void Secret_of_a_user_is_not_decrypted_as_that_of_another_or_for_another_purpose()
    {
        SecretBox box = Box(Key);

        Assert.Null(
            box.Open(
                SecretContext.Of(UserId.Parse("f123456789abcdef0123456789abcdef"), "totp"),
                Stored
            )
        );
        Assert.Null(box.Open(SecretContext.Of(s_user, "other"), Stored));
    }

    [Fact]
    public void Part_of_a_key_is_decrypted_as_that_part_of_that_key_alone()
    {
        SecretBox box = Box(Key);
        KeyId key = KeyId.New();
        string stored = box.Seal(SecretContext.Of(key, "ecdsa"), [1, 2, 3]);

        Assert.Equal([1, 2, 3], box.Open(SecretContext.Of(key, "ecdsa"), stored));
        Assert.Null(box.Open(SecretContext.Of(key, "rsa"), stored));
        Assert.Null(box.Open(SecretContext.Of(KeyId.New(), "ecdsa"), stored));
    }

    [Fact]
    public void Secret_is_decrypted_as_long_as_its_key_is_configured()
    {
        SecretContext context = SecretContext.Of(s_user, "totp");

        Assert.NotNull(Box($"{OtherKey},{Key}").Open(context, Stored));
        Assert.Null(Box(OtherKey).Open(context, Stored));
        string renewed = Box($"{OtherKey},{Key}").Seal(context, [1]);
        Assert.Equal([1], Box(OtherKey).Open(context, renewed));
    }

    private static SecretBox Box(string keys) =>
        new(new(Options.Create(new DataKeyOptions { DataKeys = keys })));
}
