using System.Text.Json.Serialization;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The refresh token cookie. The token is rotated with each use and expires with the session; it does not name the
/// user. The cookie is deleted when the browser is closed, unless the session is persistent.
/// </summary>
internal sealed class RefreshCookie(CookieSecurity security)
    : CookieToken<RefreshToken, RefreshClaims>(
        security,
        name: "refreshToken",
        type: "rt+jwt",
        audience: "refresh",
        new RefreshJson(CookieToken.Strict()).RefreshClaims
    )
{
    /// <summary>Issues a token of the session to the browser.</summary>
    public void Set(HttpResponse response, SessionTokens tokens) =>
        Set(
            response,
            new() { ["sid"] = tokens.Session.Value, ["gen"] = tokens.Generation },
            tokens.ExpiresAt,
            maxAge: tokens.Persistent ? tokens.ExpiresAt - Clock.GetUtcNow() : null
        );

    protected override RefreshToken? Token(
        RefreshClaims claims,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    ) =>
        SessionId.TryParse(claims.Sid, out SessionId session) && claims.Gen > 0
            ? new(session, claims.Gen, issuedAt, expiresAt)
            : null;
}

/// <summary>A verified refresh token.</summary>
/// <param name="Session">The session id.</param>
/// <param name="Generation">The token generation.</param>
/// <param name="IssuedAt">When the token was issued.</param>
/// <param name="ExpiresAt">When the token expires.</param>
internal sealed record RefreshToken(
    SessionId Session,
    long Generation,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>The claims of a refresh token: <c>sid</c> session id, <c>gen</c> generation.</summary>
internal sealed record RefreshClaims(
    string Aud,
    string Iss,
    long Iat,
    long Exp,
    string Sid,
    long Gen
) : CookieClaims(Aud, Iss, Iat, Exp);

[JsonSerializable(typeof(RefreshClaims))]
internal sealed partial class RefreshJson : JsonSerializerContext;
