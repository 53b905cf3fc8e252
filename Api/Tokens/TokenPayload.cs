using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionAuth.Api.Tokens;

/// <summary>
/// What stands in a verified token, read strictly: a number is a number, each claim is there once, and there are no
/// others. The library would take the text "1" for a generation and a time of any kind for none.
/// </summary>
/// <param name="Aud">The audience.</param>
/// <param name="Iss">The issuer.</param>
/// <param name="Iat">When it was issued, in seconds since 1970.</param>
/// <param name="Exp">When it ends, likewise.</param>
/// <param name="Sid">The session; in login tokens the sign-in, in device tokens the device, whose ids have the same form.</param>
/// <param name="Gen">The generation; in login tokens the stamp of the account's secrets.</param>
/// <param name="Sub">The user; in all but refresh tokens.</param>
/// <param name="Per">Whether the session is to be persistent; in login tokens alone.</param>
internal sealed record TokenPayload(
    string Aud,
    string Iss,
    long Iat,
    long Exp,
    string Sid,
    long Gen,
    string? Sub = null,
    bool? Per = null
)
{
    /// <summary>Reads the encoded payload; null when it is not what a token of ours holds.</summary>
    public static TokenPayload? Read(string encoded)
    {
        try
        {
            return JsonSerializer.Deserialize(
                Base64Url.DecodeFromChars(encoded),
                TokenJson.Default.TokenPayload
            );
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(TokenPayload))]
internal sealed partial class TokenJson : JsonSerializerContext;
