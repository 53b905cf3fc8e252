namespace SessionAuth.Domain.Accounts;

/// <summary>
/// A challenge that an authenticator has signed. Nobody kept it before: the front end has verified that it is one of ours
/// and not too old. The user whose passkey signed remembers it until it is, so that it is good once, on any node.
/// </summary>
/// <param name="Nonce">Which.</param>
/// <param name="GoodUntil">Until when it would be good.</param>
public sealed record AnsweredChallenge(string Nonce, DateTimeOffset GoodUntil);
