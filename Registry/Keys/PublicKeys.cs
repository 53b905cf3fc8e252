using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SessionAuth.Domain.Keys;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Registry.Keys;

/// <summary>The public parts of the keys that sign tokens, for whoever verifies them.</summary>
public sealed class PublicKeys
{
    private readonly RegistryCopy _copy;
    private readonly TimeProvider _clock;
    private volatile Written? _written;

    internal PublicKeys(RegistryCopy copy, TimeProvider clock) => (_copy, _clock) = (copy, clock);

    /// <summary>The key set (RFC 7517 §5), as JSON. The keys that sign come first.</summary>
    /// <exception cref="RegistryUnavailableException">This node does not know which keys are valid.</exception>
    public string Jwks
    {
        get
        {
            KeySet keys = _copy.Current.Keys;
            TokenKey signing = keys.Signing(_clock.GetUtcNow());
            Written? written = _written;
            if (written?.Keys != keys || written.Signing != signing)
                _written = written = new(keys, signing, Write(keys.Published(_clock.GetUtcNow())));
            return written.Jwks;
        }
    }

    private static string Write(IReadOnlyList<TokenKey> keys)
    {
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (TokenKey key in keys)
            {
                WriteEcdsa(writer, key);
                WriteRsa(writer, key);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static void WriteEcdsa(Utf8JsonWriter writer, TokenKey key)
    {
        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Ecdsa.AsSpan(), out _);
        ECPoint point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        WriteStart(writer, "EC", "ES256", key.Id.Value);
        writer.WriteString("crv", "P-256");
        writer.WriteString("x", Base64Url.EncodeToString(point.X));
        writer.WriteString("y", Base64Url.EncodeToString(point.Y));
        writer.WriteEndObject();
    }

    private static void WriteRsa(Utf8JsonWriter writer, TokenKey key)
    {
        if (key.Rsa is null)
            return;

        using RSA rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Rsa.AsSpan(), out _);
        RSAParameters parameters = rsa.ExportParameters(includePrivateParameters: false);
        WriteStart(writer, "RSA", "RS256", key.RsaId);
        writer.WriteString("n", Base64Url.EncodeToString(parameters.Modulus));
        writer.WriteString("e", Base64Url.EncodeToString(parameters.Exponent));
        writer.WriteEndObject();
    }

    private static void WriteStart(Utf8JsonWriter writer, string type, string algorithm, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("kty", type);
        writer.WriteString("use", "sig");
        writer.WriteString("alg", algorithm);
        writer.WriteString("kid", id);
    }

    private sealed record Written(KeySet Keys, TokenKey Signing, string Jwks);
}
