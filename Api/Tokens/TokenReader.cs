using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Tokens;

/// <summary>Reads tokens whose cookie's signature has been checked. One with any fault is as none.</summary>
internal sealed class TokenReader(TokenKinds kinds, TimeProvider clock)
{
    // The end of the year 9999.
    private const long LatestTime = 253_402_300_799;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly RecentTokens<AccessToken> _recent = new();

    /// <summary>The access token, whatever its age.</summary>
    public ValueTask<AccessToken?> Access(ReadOnlySpan<char> text) =>
        _recent.TryGet(text, out AccessToken? seen) ? new(seen) : Verified(text.ToString());

    /// <summary>The refresh token, whatever its age.</summary>
    public async ValueTask<RefreshToken?> Refresh(string text) =>
        await kinds.Refresh.Read(text) is { } payload ? Refresh(payload) : null;

    /// <summary>The first step of a sign-in, whatever its age.</summary>
    public async ValueTask<LoginToken?> Login(string text) =>
        await kinds.Login.Read(text) is { } payload ? Login(payload) : null;

    /// <summary>A device that is known, whatever the token's age.</summary>
    public async ValueTask<DeviceToken?> Device(string text) =>
        await kinds.Device.Read(text) is { Per: null } payload
        && UserId.TryParse(payload.Sub, out UserId user)
        && TryReadRest(payload, out SessionId device)
            ? new(user, new(device.Value, payload.Gen), Time(payload.Iat), Time(payload.Exp))
            : null;

    /// <summary>Whether the token is good as of now.</summary>
    public bool IsCurrent(IToken token)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return now < token.ExpiresAt && token.IssuedAt <= now + Skew;
    }

    private async ValueTask<AccessToken?> Verified(string text)
    {
        AccessToken? token = await kinds.Access.Read(text) is { } payload ? Access(payload) : null;
        if (token is not null)
            _recent.Add(text, token);
        return token;
    }

    private static AccessToken? Access(TokenPayload payload) =>
        payload.Per is null
        && UserId.TryParse(payload.Sub, out UserId user)
        && TryReadRest(payload, out SessionId session)
            ? new(user, session, payload.Gen, Time(payload.Iat), Time(payload.Exp))
            : null;

    private static RefreshToken? Refresh(TokenPayload payload) =>
        payload is { Sub: null, Per: null } && TryReadRest(payload, out SessionId session)
            ? new(session, payload.Gen, Time(payload.Iat), Time(payload.Exp))
            : null;

    private static LoginToken? Login(TokenPayload payload) =>
        payload.Per is { } persistent
        && UserId.TryParse(payload.Sub, out UserId user)
        && TryReadRest(payload, out SessionId login)
            ? new(user, login.Value, payload.Gen, persistent, Time(payload.Iat), Time(payload.Exp))
            : null;

    private static bool TryReadRest(TokenPayload payload, out SessionId session) =>
        SessionId.TryParse(payload.Sid, out session)
        && payload is { Gen: > 0, Iat: >= 0 and <= LatestTime, Exp: >= 0 and <= LatestTime };

    private static DateTimeOffset Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
