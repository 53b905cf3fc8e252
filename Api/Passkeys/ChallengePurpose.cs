using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Passkeys;

/// <summary>What the answer to a challenge is good for.</summary>
internal readonly record struct ChallengePurpose
{
    private ChallengePurpose(string value) => Value = value;

    /// <summary>The purpose as text.</summary>
    public string Value { get; }

    /// <summary>Showing who is there, with a passkey that there is. Who, only the answer says.</summary>
    public static ChallengePurpose Proving { get; } = new("prove");

    /// <summary>Adding a passkey, by this user and session alone.</summary>
    public static ChallengePurpose Adding(UserId user, SessionId session) =>
        new($"add/{user.Value}/{session.Value}");
}
