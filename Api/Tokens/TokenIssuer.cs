using Microsoft.Extensions.Options;
using SessionAuth.Api.Settings;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

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
    /// <param name="mark">What it is known by.</param>
    public string Device(UserId user, DeviceMark mark)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return kinds.Device.Issue(
            new()
            {
                [TokenClaims.User] = user.Value,
                [TokenClaims.Session] = mark.Id,
                [TokenClaims.Generation] = mark.Epoch,
            },
            now,
            now + DeviceMark.Lifetime
        );
    }
}
