using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Tokens;

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
) : IToken;

/// <summary>What a verified refresh token says: nothing about the user.</summary>
/// <param name="Session">The session that it belongs to.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record RefreshToken(
    SessionId Session,
    long Generation,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : IToken;

/// <summary>What a verified login token says: that a password was right.</summary>
/// <param name="User">Whose.</param>
/// <param name="Login">The sign-in.</param>
/// <param name="Stamp">The state of the account's secrets then.</param>
/// <param name="Persistent">Whether the session is to outlive the browser's own.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record LoginToken(
    UserId User,
    string Login,
    long Stamp,
    bool Persistent,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
) : IToken;

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
) : IToken;

/// <summary>A verified token's place in time.</summary>
internal interface IToken
{
    /// <summary>When it was issued.</summary>
    DateTimeOffset IssuedAt { get; }

    /// <summary>When it ends.</summary>
    DateTimeOffset ExpiresAt { get; }
}
