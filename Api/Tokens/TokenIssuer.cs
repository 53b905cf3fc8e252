using Microsoft.Extensions.Options;
using SessionAuth.Api.Settings;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Tokens;

/// <summary>Makes the tokens: ids, generation and times, nothing personal.</summary>
internal sealed class TokenIssuer(
    TokenKinds kinds,
    IOptions<ApiSettings> settings,
    TimeProvider clock
)
{
    /// <summary>For how long the first step of a sign-in is good.</summary>
    public static readonly TimeSpan LoginLifetime = TimeSpan.FromMinutes(5);

    /// <summary>For how long a device is known that is not used.</summary>
    public static readonly TimeSpan DeviceLifetime = TimeSpan.FromDays(400);

    public string Access(SessionGrant grant)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return kinds.Access.Issue(
            new()
            {
                [TokenClaims.User] = grant.User.Value,
                [TokenClaims.Session] = grant.Session.Value,
                [TokenClaims.Generation] = grant.Generation,
            },
            now,
            now + settings.Value.AccessTokenLifetime
        );
    }

    public string Refresh(SessionGrant grant) =>
        kinds.Refresh.Issue(
            new()
            {
                [TokenClaims.Session] = grant.Session.Value,
                [TokenClaims.Generation] = grant.Generation,
            },
            clock.GetUtcNow(),
            grant.ExpiresAt
        );

    public string Login(UserId user, long stamp, bool persistent)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return kinds.Login.Issue(
            new()
            {
                [TokenClaims.User] = user.Value,
                [TokenClaims.Session] = SessionId.New().Value,
                [TokenClaims.Generation] = stamp,
                [TokenClaims.Persistent] = persistent,
            },
            now,
            now + LoginLifetime
        );
    }

    /// <param name="user">Whose device it is.</param>
    /// <param name="device">Its id until now; null for a new one.</param>
    public string Device(UserId user, string? device)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return kinds.Device.Issue(
            new()
            {
                [TokenClaims.User] = user.Value,
                [TokenClaims.Session] = device ?? SessionId.New().Value,
                [TokenClaims.Generation] = 1,
            },
            now,
            now + DeviceLifetime
        );
    }
}
