using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SessionAuth.Domain.Keys;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Grains.Tests.Registry.Keys;

/// <summary>The published key set.</summary>
public sealed class PublicKeysTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ControlledRegistry _registry;

    public PublicKeysTests() => _registry = new(_clock);

    [Fact(DisplayName = "S-57 The key set has the public parts of the keys alone")]
    public async Task Key_set_has_the_public_parts_of_the_keys_alone()
    {
        _registry.Keys = _registry.Keys.WithRsa(_clock.GetUtcNow());
        TokenKey key = _registry.Keys.Keys[0];
        using KeyNode node = await KeyNode.Start(_registry, _clock);

        JsonArray keys = Published(node);

        Assert.Equal(
            [
                "kty EC, use sig, alg ES256, kid, crv P-256, x, y",
                "kty RSA, use sig, alg RS256, kid, n, e",
            ],
            keys.Select(published => string.Join(", ", published!.AsObject().Select(Described)))
        );
        Assert.Equal(
            [key.Id.Value, key.RsaId],
            keys.Select(published => (string?)published!["kid"])
        );
    }

    [Fact]
    public async Task Signatures_are_verified_by_the_published_keys()
    {
        _registry.Keys = _registry.Keys.WithRsa(_clock.GetUtcNow());
        TokenKey key = _registry.Keys.Keys[0];
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        JsonArray keys = Published(node);
        byte[] data = [1, 2, 3];

        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Ecdsa.AsSpan(), out _);
        using ECDsa published = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = Bytes(keys[0]!["x"]), Y = Bytes(keys[0]!["y"]) },
            }
        );
        Assert.True(
            published.VerifyData(
                data,
                ecdsa.SignData(data, HashAlgorithmName.SHA256),
                HashAlgorithmName.SHA256
            )
        );

        using RSA rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Rsa!.AsSpan(), out _);
        using RSA publishedRsa = RSA.Create(
            new RSAParameters { Modulus = Bytes(keys[1]!["n"]), Exponent = Bytes(keys[1]!["e"]) }
        );
        Assert.True(
            publishedRsa.VerifyData(
                data,
                rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        );
    }

    [Fact]
    public async Task Key_is_published_before_and_after_it_signs_until_it_is_removed()
    {
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        string first = _registry.Keys.Keys[0].Id.Value;
        AddKeyResult.Added added = Assert.IsType<AddKeyResult.Added>(
            _registry.Keys.Add(KeyId.New(), _clock.GetUtcNow(), TimeSpan.FromMinutes(30))
        );
        string second = added.Key.Id.Value;
        Assert.Equal([first], Ids(node));

        _registry.Keys = added.Next;
        await node.Poll();
        Assert.Equal([first, second], Ids(node));

        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal([second, first], Ids(node));

        _registry.Keys = Assert
            .IsType<RemoveKeyResult.Removed>(
                added.Next.Remove(KeyId.Parse(first), _clock.GetUtcNow())
            )
            .Next;
        await node.Poll();
        Assert.Equal([second], Ids(node));
    }

    [Fact]
    public async Task Node_that_may_be_outdated_publishes_nothing()
    {
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        Assert.Same(node.Public.Jwks, node.Public.Jwks);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Throws<RegistryUnavailableException>(() => node.Public.Jwks);
    }

    private static string Described(KeyValuePair<string, JsonNode?> member) =>
        member.Key is "kty" or "use" or "alg" or "crv"
            ? $"{member.Key} {member.Value}"
            : member.Key;

    private static JsonArray Published(KeyNode node)
    {
        JsonObject set = JsonNode.Parse(node.Public.Jwks)!.AsObject();
        Assert.Equal("keys", Assert.Single(set).Key);
        return set["keys"]!.AsArray();
    }

    private static IEnumerable<string> Ids(KeyNode node) =>
        Published(node).Select(key => (string)key!["kid"]!);

    private static byte[] Bytes(JsonNode? value) => Base64Url.DecodeFromChars((string)value!);
}
