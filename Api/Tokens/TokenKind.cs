using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Settings;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Tokens;

/// <summary>
/// One kind of JWT, with its own <c>typ</c>, audience and key, so that one kind cannot be used as another (RFC 8725
/// §3.11, §3.12). Only the exact header that this class writes is accepted: any other algorithm, key id or key
/// reference is rejected unparsed (RFC 8725 §3.1, §3.10).
/// </summary>
internal sealed class TokenKind
{
    private readonly JsonWebTokenHandler _handler = new()
    {
        SetDefaultTimesOnTokenCreation = false,
    };
    private readonly SigningCredentials _signing;
    private readonly TokenValidationParameters _validation;
    private readonly string _type;
    private readonly string _issuer;
    private readonly string _audience;
    private readonly string _header;

    public TokenKind(string type, string audience, SecretSettings secrets, ApiSettings settings)
    {
        _type = type;
        _issuer = settings.RootDomain;
        _audience = audience;
        KeyRing keys = new(secrets.Tokens, type);
        _signing = new(new SymmetricSecurityKey(keys.Newest), SecurityAlgorithms.HmacSha256);
        _validation = new()
        {
            ValidTypes = [type],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidIssuer = _issuer,
            ValidAudience = audience,
            IssuerSigningKeys =
            [
                .. keys.All.ToArray().Select(key => new SymmetricSecurityKey(key)),
            ],
            TryAllIssuerSigningKeys = true,
            // The caller validates the lifetime, with the node's TimeProvider.
            ValidateLifetime = false,
        };
        string sample = Issue([], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        _header = sample[..(sample.IndexOf('.', StringComparison.Ordinal) + 1)];
    }

    public string Issue(
        Dictionary<string, object> claims,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    ) =>
        _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = _type,
                Issuer = _issuer,
                Audience = _audience,
                IssuedAt = issuedAt.UtcDateTime,
                Expires = expiresAt.UtcDateTime,
                Claims = claims,
                SigningCredentials = _signing,
            }
        );

    /// <summary>
    /// Verifies a token's signature, type, issuer and audience, and returns its claims; null if it is invalid.
    /// </summary>
    /// <param name="text">The token.</param>
    /// <param name="type">How the claims are deserialized. Claims that do not match are invalid.</param>
    public async ValueTask<TClaims?> Read<TClaims>(string text, JsonTypeInfo<TClaims> type)
        where TClaims : class
    {
        if (!text.StartsWith(_header, StringComparison.Ordinal))
            return null;

        TokenValidationResult result = await _handler.ValidateTokenAsync(text, _validation);
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt }
            ? Claims(jwt.EncodedPayload, type)
            : null;
    }

    private static TClaims? Claims<TClaims>(string encoded, JsonTypeInfo<TClaims> type)
        where TClaims : class
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(encoded), type);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // There is no Try method.
            return null;
        }
    }
}
