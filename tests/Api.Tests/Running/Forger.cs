using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tokens;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Makes cookies as a node makes them, from its own secrets, with whatever one wants to be wrong.</summary>
internal sealed class Forger(string cookieSecret, string tokenSecret)
{
    private readonly SignedValue _signed = new(new KeyRing([cookieSecret], "cookie"));

    /// <summary>The cookie value of a token that is good but for what was changed.</summary>
    /// <param name="cookie">The cookie's name.</param>
    /// <param name="type">The kind whose key signs.</param>
    /// <param name="header">The token's header.</param>
    /// <param name="payload">The token's payload.</param>
    public string Cookie(string cookie, string type, JsonObject header, JsonObject payload) =>
        _signed.Sign(cookie, Token(type, header, payload));

    /// <summary>A cookie value around any text, with a good signature.</summary>
    public string Sign(string cookie, string value) => _signed.Sign(cookie, value);

    public string Token(string type, JsonObject header, JsonObject payload)
    {
        string content = $"{Encode(header)}.{Encode(payload)}";
        byte[] key = new KeyRing([tokenSecret], type).Newest;
        byte[] mac = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64UrlEncoder.Encode(mac)}";
    }

    /// <summary>The header and payload of a token in a cookie.</summary>
    public static (JsonObject Header, JsonObject Payload) Open(string cookieValue)
    {
        string[] parts = cookieValue.Split('.');
        return (Decode(parts[0]), Decode(parts[1]));
    }

    // Written as the node writes it: a plus sign is a plus sign.
    private static readonly JsonSerializerOptions s_plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Encode(JsonObject json) =>
        Base64UrlEncoder.Encode(json.ToJsonString(s_plain));

    private static JsonObject Decode(string part) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(part))!.AsObject();
}
