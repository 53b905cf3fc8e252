using System.Security.Cryptography;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Domain.Tests.Keys;

public sealed class TokenKeyTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void New_key_has_a_private_key_on_P_256_and_256_bits()
    {
        TokenKey key = TokenKey.New(KeyId.New(), s_now, TimeSpan.FromDays(1));

        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Ecdsa.AsSpan(), out _);
        Assert.Equal(256, ecdsa.KeySize);
        Assert.Equal(32, ecdsa.ExportParameters(true).D!.Length);
        Assert.Equal(32, key.Symmetric.AsSpan().Length);
        Assert.Equal(s_now, key.CreatedAt);
        Assert.Equal(s_now + TimeSpan.FromDays(1), key.SignsFrom);
    }

    [Fact]
    public void Two_keys_share_nothing()
    {
        TokenKey one = TokenKey.New(KeyId.New(), s_now, TimeSpan.Zero).WithRsa();
        TokenKey other = TokenKey.New(KeyId.New(), s_now, TimeSpan.Zero).WithRsa();

        Assert.NotEqual(one.Id, other.Id);
        Assert.NotEqual(one.Ecdsa, other.Ecdsa);
        Assert.NotEqual(one.Rsa, other.Rsa);
        Assert.NotEqual(one.Symmetric, other.Symmetric);
    }

    [Fact]
    public void Imported_key_has_the_same_id_each_time_but_other_symmetric_bits()
    {
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        TokenKey one = TokenKey.Import(ecdsa, s_now, s_now);
        TokenKey again = TokenKey.Import(ecdsa, s_now, s_now);

        Assert.Equal(one.Id, again.Id);
        Assert.NotEqual(one.Symmetric, again.Symmetric);
        using ECDsa kept = ECDsa.Create();
        kept.ImportPkcs8PrivateKey(one.Ecdsa.AsSpan(), out _);
        Assert.Equal(ecdsa.ExportSubjectPublicKeyInfo(), kept.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Key_id_has_16_digits_and_can_be_parsed_and_read()
    {
        KeyId id = KeyId.Parse("00000000000000fa");
        byte[] bytes = new byte[KeyId.Bytes];
        id.Write(bytes);

        Assert.Equal(id, KeyId.Read(bytes));
        Assert.Equal("00000000000000fa", $"{id}");
        Assert.NotEqual(KeyId.New(), KeyId.New());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fa")]
    [InlineData("00000000000000FA")]
    [InlineData("000000000000000fa")]
    [InlineData(" 00000000000000fa")]
    [InlineData("00000000000000fg")]
    public void Malformed_key_id_is_refused(string? text)
    {
        Assert.False(KeyId.TryParse(text, out KeyId id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => KeyId.Parse(text!));
    }

    [Fact]
    public void Secret_bytes_are_equal_by_content_and_not_printed()
    {
        SecretBytes secret = new([1, 2, 3]);

        Assert.Equal(new SecretBytes([1, 2, 3]), secret);
        Assert.NotEqual(new SecretBytes([1, 2, 4]), secret);
        Assert.NotEqual(new SecretBytes([1, 2, 3, 4]), secret);
        Assert.Equal("[redacted]", $"{secret}");
    }
}
