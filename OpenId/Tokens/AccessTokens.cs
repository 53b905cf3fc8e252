using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Browsers;
using SessionAuth.OpenId.Grants;
using SessionAuth.OpenId.Keys;

namespace SessionAuth.OpenId.Tokens;

/// <summary>Reads access tokens (RFC 9068) outside of the provider's own endpoints.</summary>
public sealed class AccessTokens(SigningKeys keys, IPublicOrigins origins)
{
    private const string Type = "at+jwt";
    private const int Longest = 4_096;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>
    /// Verifies the signature, the type and the issuer of a token. The caller compares its lifetime and its application, and
    /// asks the session.
    /// </summary>
    /// <param name="text">The token.</param>
    /// <returns>What it names; null when this cluster has not issued it.</returns>
    public async ValueTask<NamedAccess?> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Longest)
            return null;

        TokenValidationResult result = await _handler.ValidateTokenAsync(
            text,
            new()
            {
                ValidTypes = [Type],
                // Never what the token says: HS256 with a public key would be valid.
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                ValidIssuer = origins.Api + "/",
                ValidateAudience = false,
                IssuerSigningKeys = keys.Published.Select(key => key.Key),
                ValidateLifetime = false,
            }
        );
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } ? Access(jwt) : null;
    }

    private static NamedAccess? Access(JsonWebToken jwt) =>
        SessionId.TryParse(Claim(jwt, TokenClaims.Session), out SessionId session)
        && GrantId.TryParse(Claim(jwt, TokenClaims.Grant), out GrantId grant)
        && ClientId.TryParse(
            Claim(jwt, OpenIddictConstants.Claims.ClientId),
            out ClientId application
        )
            ? new(new(session, grant, application), new(jwt.ValidTo, TimeSpan.Zero))
            : null;

    private static string? Claim(JsonWebToken jwt, string name) =>
        jwt.TryGetPayloadValue(name, out string? value) ? value : null;
}

/// <summary>The content of an access token.</summary>
/// <param name="Grant">The grant that it was issued for.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record NamedAccess(NamedGrant Grant, DateTimeOffset ExpiresAt);
