using System.Text.Json.Serialization;
using SessionAuth.Domain;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The known-device cookie (OWASP: device cookie): marks a browser in which a user has signed in before. It is not a
/// credential. Attempts from a known device have a throttling budget of their own, which attempts from other devices
/// cannot exhaust. The cookie stays after sign-out and is replaced when another user signs in. It is set only for
/// "remember me".
/// </summary>
internal sealed class DeviceCookie(CookieSecurity security)
    : CookieToken<DeviceToken, DeviceClaims>(
        security,
        name: "deviceToken",
        type: "dt+jwt",
        audience: "device",
        new DeviceJson(CookieToken.Strict()).DeviceClaims
    )
{
    /// <summary>Marks the browser as a known device of the user.</summary>
    public void Set(HttpResponse response, UserId user, DeviceMark mark, bool remember = true) =>
        Set(
            response,
            new()
            {
                ["sub"] = user.Value,
                ["device"] = mark.Id,
                ["epoch"] = mark.Epoch,
            },
            expiresAt: Clock.GetUtcNow() + DeviceMark.Lifetime,
            maxAge: remember ? DeviceMark.Lifetime : null
        );

    protected override DeviceToken? Token(
        DeviceClaims claims,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    ) =>
        UserId.TryParse(claims.Sub, out UserId user)
        && CookieToken.IsId(claims.Device)
        && claims.Epoch > 0
            ? new(user, new(claims.Device, claims.Epoch), issuedAt, expiresAt)
            : null;
}

/// <summary>A verified device token.</summary>
/// <param name="User">The user id.</param>
/// <param name="Mark">The device mark.</param>
/// <param name="IssuedAt">When the token was issued.</param>
/// <param name="ExpiresAt">When the token expires.</param>
internal sealed record DeviceToken(
    UserId User,
    DeviceMark Mark,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>
/// The claims of a device token: <c>sub</c> user id, <c>device</c> device id, <c>epoch</c> the account's device epoch.
/// </summary>
internal sealed record DeviceClaims(
    string Aud,
    string Iss,
    long Iat,
    long Exp,
    string Sub,
    string Device,
    long Epoch
) : CookieClaims(Aud, Iss, Iat, Exp);

[JsonSerializable(typeof(DeviceClaims))]
internal sealed partial class DeviceJson : JsonSerializerContext;
