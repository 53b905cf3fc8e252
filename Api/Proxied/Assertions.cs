using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Settings;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Keys;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// Signs who makes a request, for applications that do not rely on their network alone. An assertion lives for a minute,
/// and is sent again for half of it.
/// </summary>
internal sealed class Assertions(SigningKeys keys, Origins origins, TimeProvider clock)
{
    private const string Type = "sessionauth-assertion+jwt";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new()
    {
        SetDefaultTimesOnTokenCreation = false,
    };

    /// <summary>The assertion for a request.</summary>
    /// <param name="credential">What the request was made with, which remembers the last one.</param>
    /// <param name="origin">The application's origin.</param>
    /// <param name="standing">The result of the check.</param>
    /// <param name="email">The user's verified email; empty for none.</param>
    public string Of(
        ApplicationCredential credential,
        string origin,
        GrantStanding standing,
        string email
    )
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (credential.Assertion is { } known && known.Says(origin, email, now))
            return known.Token;

        Assertion signed = new(
            Sign(credential, origin, standing, email, now),
            origin,
            email,
            now + s_lifetime / 2
        );
        credential.Assertion = signed;
        return signed.Token;
    }

    private string Sign(
        ApplicationCredential credential,
        string origin,
        GrantStanding standing,
        string email,
        DateTimeOffset now
    )
    {
        Dictionary<string, object> claims = new()
        {
            ["sub"] = standing.User.Value,
            ["sid"] = credential.Grant.Session.Value,
            ["amr"] = AuthenticationClaims.Amr(standing.AuthenticationMethods),
            ["roles"] = Array.Empty<string>(),
        };
        if (standing.AuthenticatedAt is { } at)
            claims["auth_time"] = at.ToUnixTimeSeconds();
        if (AuthenticationClaims.Acr(standing.AuthenticationMethods) is { } acr)
            claims["acr"] = acr;
        if (email.Length > 0)
            (claims["email"], claims["email_verified"]) = (email, true);
        return _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = Type,
                Issuer = origins.Api.Value + "/",
                Audience = origin,
                IssuedAt = now.UtcDateTime,
                Expires = (now + s_lifetime).UtcDateTime,
                Claims = claims,
                SigningCredentials = keys.Signing(IdentityTokenAlgorithm.ES256),
            }
        );
    }
}
