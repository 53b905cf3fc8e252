using Microsoft.IdentityModel.JsonWebTokens;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Tokens;

/// <summary>Reads tokens whose cookie's signature has been checked. One with any fault is as none.</summary>
internal sealed class TokenReader(TokenKinds kinds, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly RecentTokens<AccessToken> _recent = new();

    /// <summary>The access token, whatever its age.</summary>
    public async ValueTask<AccessToken?> Access(string text)
    {
        if (_recent.TryGet(text, out AccessToken? seen))
            return seen;

        AccessToken? token = await kinds.Access.Read(text) is { } jwt ? Access(jwt) : null;
        if (token is not null)
            _recent.Add(text, token);
        return token;
    }

    /// <summary>The refresh token, whatever its age.</summary>
    public async ValueTask<RefreshToken?> Refresh(string text) =>
        await kinds.Refresh.Read(text) is { } jwt ? Refresh(jwt) : null;

    /// <summary>Whether the token is good as of now.</summary>
    public bool IsCurrent(IToken token)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return now < token.ExpiresAt && token.IssuedAt <= now + Skew;
    }

    private static AccessToken? Access(JsonWebToken jwt) =>
        jwt.TryGetPayloadValue(TokenClaims.User, out string? sub)
        && UserId.TryParse(sub, out UserId user)
        && TryReadSession(jwt, out SessionId session, out long generation)
        && TryReadTimes(jwt, out DateTimeOffset issuedAt, out DateTimeOffset expiresAt)
            ? new(user, session, generation, issuedAt, expiresAt)
            : null;

    private static RefreshToken? Refresh(JsonWebToken jwt) =>
        TryReadSession(jwt, out SessionId session, out long generation)
        && TryReadTimes(jwt, out DateTimeOffset issuedAt, out DateTimeOffset expiresAt)
            ? new(session, generation, issuedAt, expiresAt)
            : null;

    private static bool TryReadSession(JsonWebToken jwt, out SessionId session, out long generation)
    {
        generation = 0;
        session = default;
        return jwt.TryGetPayloadValue(TokenClaims.Session, out string? sid)
            && SessionId.TryParse(sid, out session)
            && jwt.TryGetPayloadValue(TokenClaims.Generation, out generation)
            && generation > 0;
    }

    // The handler turns a time of another type than a number into none; one that is missing is a fault too.
    private static bool TryReadTimes(
        JsonWebToken jwt,
        out DateTimeOffset issuedAt,
        out DateTimeOffset expiresAt
    )
    {
        issuedAt = jwt.IssuedAt;
        expiresAt = jwt.ValidTo;
        return jwt.IssuedAt != DateTime.MinValue && jwt.ValidTo != DateTime.MinValue;
    }
}
