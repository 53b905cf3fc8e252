using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionAuth.Domain.Keys;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Keys;
using SessionAuth.Grains.Secrets;

namespace SessionAuth.Grains.Tests.Keys;

/// <summary>The keys of the cluster as they are stored, and those that it starts with.</summary>
public sealed class KeyStoreTests
{
    private const string Key = "jXq0zv3dJwPq8nS1uTtLr5cYb7mKf2hGa9eRz4oWi6U";
    private const string NewerKey = "bQ0r7yFz2uWn5xKc8vTm1sJd4hGe6aPl9oIi3kYw0Xs";

    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Stored_keys_are_read_back_and_their_private_parts_are_encrypted()
    {
        KeyStore store = Store(Key);
        KeySet keys = KeySet.New(s_now).WithRsa(s_now);

        IReadOnlyList<StoredKey> stored = store.Seal(keys);

        Assert.Equal(keys.Keys, store.Open(stored).Keys);
        string document = JsonSerializer.Serialize(stored);
        TokenKey key = keys.Keys[0];
        foreach (byte[] secret in PrivateParts(key))
        {
            Assert.DoesNotContain(
                Convert.ToBase64String(secret)[..^4],
                document,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(
                System.Buffers.Text.Base64Url.EncodeToString(secret),
                document,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Stored_keys_that_cannot_be_decrypted_are_an_error_and_not_replaced()
    {
        IReadOnlyList<StoredKey> stored = Store(Key).Seal(KeySet.New(s_now));

        Assert.Throws<KeysUnreadableException>(() => Store(NewerKey).Open(stored));
        Assert.Throws<KeysUnreadableException>(() =>
            Store(Key).Open([stored[0] with { Symmetric = stored[0].Ecdsa }])
        );
        Assert.Throws<KeysUnreadableException>(() =>
            Store(Key).Open([stored[0] with { Id = KeyId.New().Value }])
        );
    }

    [Fact]
    public void Keys_are_encrypted_with_the_newest_data_key_when_they_are_written_again()
    {
        KeySet keys = KeySet.New(s_now);
        KeyStore both = Store($"{NewerKey},{Key}");

        IReadOnlyList<StoredKey> again = both.Seal(both.Open(Store(Key).Seal(keys)));

        Assert.Equal(keys.Keys, Store(NewerKey).Open(again).Keys);
    }

    [Fact]
    public void Without_SIGNING_KEYS_the_first_key_is_a_new_one()
    {
        KeyStore store = Store(Key);

        Assert.NotEqual(
            Assert.Single(store.First(s_now).Keys).Id,
            Assert.Single(store.First(s_now).Keys).Id
        );
    }

    [Fact]
    public void SIGNING_KEYS_are_the_first_keys_and_the_newest_of_them_signs()
    {
        using ECDsa newest = P256();
        using ECDsa older = P256();
        using ECDsa oldest = P256();
        string setting = string.Join(
            ',',
            newest.ExportPkcs8PrivateKeyPem(),
            Convert.ToBase64String(older.ExportPkcs8PrivateKey()),
            Convert.ToBase64String(
                System.Text.Encoding.ASCII.GetBytes(oldest.ExportPkcs8PrivateKeyPem() + "\n")
            )
        );

        KeySet keys = Store(Key, setting).First(s_now);

        Assert.Equal(
            new[] { newest, older, oldest }.Select(Public),
            keys.Published(s_now).Select(Public)
        );
        Assert.Equal(keys.Keys[^1], keys.Signing(s_now));
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("AAAA")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void SIGNING_KEYS_with_anything_else_are_refused_and_not_printed(string setting) =>
        AssertRefused(setting);

    [Fact]
    public void SIGNING_KEYS_of_other_kinds_are_refused_and_not_printed()
    {
        using ECDsa p256 = P256();
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using RSA rsa = RSA.Create(2048);

        AssertRefused(p384.ExportPkcs8PrivateKeyPem());
        AssertRefused(rsa.ExportPkcs8PrivateKeyPem());
        AssertRefused(p256.ExportSubjectPublicKeyInfoPem());
        AssertRefused($"{p256.ExportPkcs8PrivateKeyPem()},{p384.ExportPkcs8PrivateKeyPem()}");
        AssertRefused($"{p256.ExportPkcs8PrivateKeyPem()},{p256.ExportECPrivateKeyPem()}");
        AssertRefused(
            string.Join(',', Enumerable.Range(0, 9).Select(_ => P256().ExportPkcs8PrivateKeyPem()))
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void SIGNING_KEYS_need_not_be_set(string? setting) =>
        Assert.True(Validate(setting).Succeeded);

    private static void AssertRefused(string setting)
    {
        ValidateOptionsResult result = Validate(setting);

        Assert.True(result.Failed);
        Assert.StartsWith("SIGNING_KEYS ", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(setting, result.FailureMessage, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(string? setting) =>
        new SigningKeyOptionsValidator().Validate(null, new() { SigningKeys = setting });

    private static KeyStore Store(string dataKeys, string? signingKeys = null) =>
        new(
            new(new(Options.Create(new DataKeyOptions { DataKeys = dataKeys }))),
            Options.Create(new SigningKeyOptions { SigningKeys = signingKeys }),
            NullLogger<KeyStore>.Instance
        );

    private static ECDsa P256() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static string Public(ECDsa key) =>
        Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static string Public(TokenKey key)
    {
        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Ecdsa.AsSpan(), out _);
        return Public(ecdsa);
    }

    private static IEnumerable<byte[]> PrivateParts(TokenKey key)
    {
        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Ecdsa.AsSpan(), out _);
        using RSA rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Rsa!.AsSpan(), out _);
        return
        [
            key.Ecdsa.AsSpan().ToArray(),
            ecdsa.ExportParameters(true).D!,
            key.Rsa.AsSpan().ToArray(),
            rsa.ExportParameters(true).D!,
            key.Symmetric.AsSpan().ToArray(),
        ];
    }
}
