using System.Text.Json.Serialization;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The cookie between the two steps of a sign-in: proves for five minutes that the password was right. It is not a
/// session, and is accepted only for the second step (ASVS 6.6.2).
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

    /// <summary>Issues the token for the second step to the browser.</summary>
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

/// <summary>A verified token of the first step of a sign-in.</summary>
/// <param name="User">The user id.</param>
/// <param name="Id">The sign-in id, which can start one session.</param>
/// <param name="Stamp">The account's stamp as of the first step.</param>
/// <param name="Persistent">Whether the session outlives the browser session ("remember me").</param>
/// <param name="IssuedAt">When the token was issued.</param>
/// <param name="ExpiresAt">When the token expires.</param>
internal sealed record SignInToken(
    UserId User,
    string Id,
    long Stamp,
    bool Persistent,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>
/// The claims of a first-step token: <c>sub</c> user id, <c>jti</c> sign-in id, <c>stamp</c> the account's stamp,
/// <c>persistent</c> "remember me".
/// </summary>
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
