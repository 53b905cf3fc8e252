using System.Text.Json.Serialization;
using SessionAuth.Domain;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Says that a user has signed in in this browser before. It opens nothing: guesses from there have a budget that strangers
/// cannot use up, for as long as the user's grain knows the device. It stays after a sign-out, and becomes another user's
/// when they sign in. A browser that is not to be remembered gets none.
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
    /// <summary>The browser is this user's from now on, or only until it is closed.</summary>
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

/// <summary>What a verified device token says: that its user has signed in there before.</summary>
/// <param name="User">Whose device it is.</param>
/// <param name="Mark">What it is known by.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record DeviceToken(
    UserId User,
    DeviceMark Mark,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : CookieToken(IssuedAt, ExpiresAt);

/// <summary>Its claims: <c>sub</c> the user, <c>device</c> the device, <c>epoch</c> the account's device epoch.</summary>
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
