using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using SessionAuth.Checks;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The access token cookie: short-lived, sent with most requests, deleted when the browser is closed.
/// </summary>
internal sealed class AccessCookie(CookieSecurity security, IOptions<CheckSettings> checks)
    : CookieToken<AccessToken, AccessClaims>(
        security,
        name: "accessToken",
        type: "at+jwt",
        audience: "session",
        new AccessJson(CookieToken.Strict()).AccessClaims,
        recent: checks.Value.MaxSessions
    )
{
    /// <summary>Issues a token of the session to the browser.</summary>
    public void Set(HttpResponse response, SessionTokens tokens) =>
        Set(
            response,
            new()
            {
                ["sub"] = tokens.User.Value,
                ["sid"] = tokens.Session.Value,
                ["gen"] = tokens.Generation,
            },
            expiresAt: Clock.GetUtcNow() + Settings.AccessTokenLifetime,
            maxAge: null
        );

    protected override AccessToken? Token(
        AccessClaims claims,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    ) =>
        UserId.TryParse(claims.Sub, out UserId user)
        && SessionId.TryParse(claims.Sid, out SessionId session)
        && claims.Gen > 0
            ? new(new(session, user, claims.Gen), issuedAt, expiresAt)
            : null;
}

/// <summary>A verified access token.</summary>
/// <param name="Session">Its session, which is checked with each request.</param>
/// <param name="IssuedAt">When the token was issued.</param>
/// <param name="ExpiresAt">When the token expires.</param>
internal sealed record AccessToken(
    CheckedToken Session,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>The claims of an access token: <c>sub</c> user id, <c>sid</c> session id, <c>gen</c> generation.</summary>
internal sealed record AccessClaims(
    string Aud,
    string Iss,
    long Iat,
    long Exp,
    string Sub,
    string Sid,
    long Gen
) : CookieClaims(Aud, Iss, Iat, Exp);

[JsonSerializable(typeof(AccessClaims))]
internal sealed partial class AccessJson : JsonSerializerContext;
