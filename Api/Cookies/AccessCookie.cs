using System.Text.Json.Serialization;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The access token cookie: short-lived, sent with most requests, deleted when the browser is closed.
/// </summary>
internal sealed class AccessCookie(CookieSecurity security)
    : CookieToken<AccessToken, AccessClaims>(
        security,
        name: "accessToken",
        type: "at+jwt",
        audience: "session",
        new AccessJson(CookieToken.Strict()).AccessClaims,
        isReadOften: true
    )
{
    /// <summary>Issues a token of the session to the browser.</summary>
    public void Set(HttpResponse response, SessionGrant grant) =>
        Set(
            response,
            new()
            {
                ["sub"] = grant.User.Value,
                ["sid"] = grant.Session.Value,
                ["gen"] = grant.Generation,
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
            ? new(user, session, claims.Gen, issuedAt, expiresAt)
            : null;
}

/// <summary>A verified access token.</summary>
/// <param name="User">The user id.</param>
/// <param name="Session">The session id.</param>
/// <param name="Generation">The token generation.</param>
/// <param name="IssuedAt">When the token was issued.</param>
/// <param name="ExpiresAt">When the token expires.</param>
internal sealed record AccessToken(
    UserId User,
    SessionId Session,
    long Generation,
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
