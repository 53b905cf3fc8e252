using System.Buffers.Text;
using System.Text.Json;

namespace SessionAuth.OpenId.Tests.Running;

/// <summary>The answer of the token endpoint.</summary>
public sealed record TokenSet(
    string Access,
    string? Identity,
    string? Refresh,
    string? Session,
    int ExpiresIn,
    string Scope
)
{
    public static TokenSet Of(JsonElement answer) =>
        new(
            answer.GetProperty("access_token").GetString()!,
            Text(answer, "id_token"),
            Text(answer, "refresh_token"),
            Text(answer, "session_token"),
            answer.GetProperty("expires_in").GetInt32(),
            Text(answer, "scope") ?? ""
        );

    public JsonElement AccessClaims => Part(Access, 1);

    public JsonElement IdentityClaims => Part(Identity!, 1);

    /// <summary>A part of a JWT: 0 is the header, 1 the claims.</summary>
    public static JsonElement Part(string jwt, int index) =>
        JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(jwt.Split('.')[index]));

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
