using Microsoft.Extensions.Options;
using SessionAuth.Api.Settings;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Tokens;

/// <summary>Makes the two tokens of a session: ids, generation and times, nothing personal.</summary>
internal sealed class TokenIssuer(
    TokenKinds kinds,
    IOptions<ApiSettings> settings,
    TimeProvider clock
)
{
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
}
