using System.Text.Json.Serialization;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The cookie between the two steps of a sign-in: it says whose password was right, for five minutes. It is no session,
/// and opens nothing but the second step (ASVS 6.6.2).
/// </summary>
internal sealed class SignInCookie(CookieSecurity security)
    : CookieToken<SignInToken, SignInClaims>(
        security,
        name: "loginToken",
        type: "lt+jwt",
        audience: "login",
        new SignInJson(CookieToken.Strict()).SignInClaims
    )
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Gives the browser what it needs for the second step.</summary>
    public void Set(
        HttpResponse response,
        SignInResult.SecondFactorNeeded needed,
        bool persistent
    ) =>
        Set(
            response,
            new()
            {
                ["sub"] = needed.User.Value,
                ["jti"] = CookieToken.NewId(),
                ["stamp"] = needed.Stamp,
                ["persistent"] = persistent,
            },
            expiresAt: Clock.GetUtcNow() + s_lifetime,
            maxAge: s_lifetime
        );

    protected override SignInToken? Token(
        SignInClaims claims,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    ) =>
        UserId.TryParse(claims.Sub, out UserId user)
        && CookieToken.IsId(claims.Jti)
        && claims.Stamp > 0
            ? new(user, claims.Jti, claims.Stamp, claims.Persistent, issuedAt, expiresAt)
            : null;
}

/// <summary>What a verified token of the first step says: that a password was right.</summary>
/// <param name="User">Whose.</param>
/// <param name="Id">The sign-in, which is good for one session.</param>
/// <param name="Stamp">The state of the account's secrets then.</param>
/// <param name="Persistent">Whether the session is to outlive the browser's own.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record SignInToken(
    UserId User,
    string Id,
    long Stamp,
    bool Persistent,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>Its claims: <c>sub</c> the user, <c>jti</c> the sign-in, <c>stamp</c> the state of the secrets, <c>persistent</c>.</summary>
internal sealed record SignInClaims(
    string Aud,
    string Iss,
    long Iat,
    long Exp,
    string Sub,
    string Jti,
    long Stamp,
    bool Persistent
) : CookieClaims(Aud, Iss, Iat, Exp);

[JsonSerializable(typeof(SignInClaims))]
internal sealed partial class SignInJson : JsonSerializerContext;
