using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tokens;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Makes cookies as a node does, with its secrets, but with any content.</summary>
internal sealed class Forger(string cookieSecret, string tokenSecret)
{
    private readonly SignedValue _signed = new(new KeyRing([cookieSecret], "cookie"));

    /// <summary>A signed cookie with a signed token.</summary>
    /// <param name="cookie">The name of the cookie.</param>
    /// <param name="type">The kind of token, which determines the key.</param>
    /// <param name="header">The header of the token.</param>
    /// <param name="payload">The payload of the token.</param>
    public string Cookie(string cookie, string type, JsonObject header, JsonObject payload) =>
        _signed.Sign(cookie, Token(type, header, payload));

    /// <summary>A cookie with any value and a valid signature.</summary>
    public string Sign(string cookie, string value) => _signed.Sign(cookie, value);

    public string Token(string type, JsonObject header, JsonObject payload)
    {
        string content = $"{Encode(header)}.{Encode(payload)}";
        byte[] key = new KeyRing([tokenSecret], type).Newest;
        byte[] mac = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64UrlEncoder.Encode(mac)}";
    }

    /// <summary>The header and payload of the token in a cookie.</summary>
    public static (JsonObject Header, JsonObject Payload) Open(string cookieValue)
    {
        string[] parts = cookieValue.Split('.');
        return (Decode(parts[0]), Decode(parts[1]));
    }

    // Written as the node writes it, without escaping of characters such as the plus sign.
    private static readonly JsonSerializerOptions s_unescaped = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Encode(JsonObject json) =>
        Base64UrlEncoder.Encode(json.ToJsonString(s_unescaped));

    private static JsonObject Decode(string part) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(part))!.AsObject();
}
