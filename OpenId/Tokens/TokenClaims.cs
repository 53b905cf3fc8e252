using Microsoft.IdentityModel.Tokens;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Grants;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SessionAuth.OpenId.Tokens;

/// <summary>The claims of tokens, introspection and userinfo: no others get out.</summary>
internal static class TokenClaims
{
    /// <summary>The id of the grant that an access token was issued for.</summary>
    public const string Grant = "gid";

    /// <summary>The id of the session (OpenID Connect Front-Channel Logout §3). It opens nothing.</summary>
    public const string Session = "sid";

    /// <summary>The roles of the user: none yet.</summary>
    public const string Roles = "roles";

    /// <summary>How the user of a grant has authenticated, and in which session.</summary>
    public static Dictionary<string, object> OfUser(NamedGrant grant, GrantStanding standing)
    {
        Dictionary<string, object> claims = new(StringComparer.Ordinal)
        {
            [Claims.Subject] = standing.User.Value,
            [Session] = grant.Session.Value,
            [Claims.AuthenticationMethodReference] = AuthenticationClaims
                .Amr(standing.AuthenticationMethods)
                .ToArray(),
        };
        if (standing.AuthenticatedAt is { } at)
            claims[Claims.AuthenticationTime] = at.ToUnixTimeSeconds();
        if (AuthenticationClaims.Acr(standing.AuthenticationMethods) is { } acr)
            claims[Claims.AuthenticationContextReference] = acr;
        return claims;
    }

    /// <summary>The claims of an access token (RFC 9068 §2.2), without those that the library sets by itself.</summary>
    public static Dictionary<string, object> OfAccessToken(
        GrantIssue issue,
        IEnumerable<string> scopes
    )
    {
        Dictionary<string, object> claims = OfUser(issue.Grant, issue.Standing);
        claims[Claims.ClientId] = issue.Application.Id.Value;
        claims[Claims.Scope] = string.Join(' ', scopes);
        claims[Claims.JwtId] = GrantId.New().Value;
        claims[Grant] = issue.Grant.Id.Value;
        claims[Roles] = Array.Empty<string>();
        return claims;
    }

    /// <summary>The claims of an identity token (OpenID Connect Core §2).</summary>
    /// <param name="issue">What it is issued from.</param>
    /// <param name="accessTokenHash">The <c>at_hash</c>; null without an access token.</param>
    public static Dictionary<string, object> OfIdentityToken(
        GrantIssue issue,
        string? accessTokenHash
    )
    {
        Dictionary<string, object> claims = OfUser(issue.Grant, issue.Standing);
        claims[Claims.AuthorizedParty] = issue.Application.Id.Value;
        if (issue.Nonce.Length > 0)
            claims[Claims.Nonce] = issue.Nonce;
        if (accessTokenHash is not null)
            claims[Claims.AccessTokenHash] = accessTokenHash;
        if (issue.Email is not null)
        {
            claims[Claims.Email] = issue.Email;
            claims[Claims.EmailVerified] = true;
        }

        return claims;
    }

    /// <summary>Replaces all claims of a token that is being made.</summary>
    public static void Replace(
        this SecurityTokenDescriptor descriptor,
        string audience,
        Dictionary<string, object> claims
    )
    {
        descriptor.Subject = null;
        descriptor.Audience = audience;
        descriptor.Claims = claims;
    }
}
