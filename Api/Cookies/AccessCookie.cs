using System.Text.Json.Serialization;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Cookies;

/// <summary>The session of a browser, for 15 minutes by default. Most requests carry it. It ends with the browser.</summary>
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
    /// <summary>Gives the browser a token of the session.</summary>
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

/// <summary>What a verified access token says.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Session">The session that it belongs to.</param>
/// <param name="Generation">The generation that it went out with.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record AccessToken(
    UserId User,
    SessionId Session,
    long Generation,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>Its claims: <c>sub</c> the user, <c>sid</c> the session, <c>gen</c> the generation.</summary>
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
