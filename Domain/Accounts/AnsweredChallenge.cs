namespace SessionAuth.Domain.Accounts;

/// <summary>
/// A WebAuthn challenge that an authenticator has signed. Challenges are not stored when they are issued: the front end
/// has verified that it was issued here and has not expired. The account then remembers it until it expires, so that it
/// is accepted once, on any node (replay).
/// </summary>
/// <param name="Nonce">The nonce of the challenge.</param>
/// <param name="GoodUntil">When the challenge expires.</param>
public sealed record AnsweredChallenge(string Nonce, DateTimeOffset GoodUntil);
