using System.Text.Json.Serialization;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// What brings new tokens of a session, once, until the session ends. It says nothing of the user. It ends with the browser
/// where the session is not to outlive it.
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
    /// <summary>Gives the browser a token of the session.</summary>
    public void Set(HttpResponse response, SessionGrant grant) =>
        Set(
            response,
            new() { ["sid"] = grant.Session.Value, ["gen"] = grant.Generation },
            grant.ExpiresAt,
            maxAge: grant.Persistent ? grant.ExpiresAt - Clock.GetUtcNow() : null
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

/// <summary>What a verified refresh token says.</summary>
/// <param name="Session">The session that it belongs to.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record RefreshToken(
    SessionId Session,
    long Generation,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>Its claims: <c>sid</c> the session, <c>gen</c> the generation.</summary>
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
