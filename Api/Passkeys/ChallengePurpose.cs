using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Passkeys;

/// <summary>The purpose that a challenge is bound to.</summary>
internal readonly record struct ChallengePurpose
{
    private ChallengePurpose(string value) => Value = value;

    /// <summary>The purpose as text.</summary>
    public string Value { get; }

    /// <summary>Authentication with an existing passkey. The user is not known before the response.</summary>
    public static ChallengePurpose Authentication { get; } = new("prove");

    /// <summary>Registration of a passkey by this user and session.</summary>
    public static ChallengePurpose Registration(UserId user, SessionId session) =>
        new($"add/{user.Value}/{session.Value}");
}
