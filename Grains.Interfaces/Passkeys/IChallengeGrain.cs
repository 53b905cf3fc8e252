using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Interfaces.Passkeys;

/// <summary>One challenge that an authenticator is asked to sign: good once, for five minutes, for one purpose.</summary>
/// <remarks>
/// The key is a <see cref="ChallengeId"/>. Kept in memory: when its silo dies, whoever was about to answer it asks for
/// another.
/// </remarks>
[Alias("challenge")]
public interface IChallengeGrain : IGrainWithStringKey
{
    /// <summary>Keeps what the answer is to be verified against. Safe to repeat.</summary>
    /// <param name="purpose">What the answer is good for.</param>
    /// <param name="state">What to verify it against.</param>
    [Alias("keep")]
    Task Keep(ChallengePurpose purpose, string state);

    /// <summary>Gives what was kept, and forgets it, whatever the purpose.</summary>
    /// <returns>Null when there is nothing, it is too old, it was taken before, or was for another purpose.</returns>
    [Alias("take")]
    Task<string?> Take(ChallengePurpose purpose);
}

/// <summary>What the answer to a challenge is good for.</summary>
[GenerateSerializer, Immutable, Alias("challenge-purpose")]
public readonly record struct ChallengePurpose
{
    private ChallengePurpose(string value) => Value = value;

    /// <summary>The purpose as text.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>Showing who is there, with a passkey that there is. Who, only the answer says.</summary>
    public static ChallengePurpose Proving { get; } = new("prove");

    /// <summary>Adding a passkey, by this user and session alone.</summary>
    public static ChallengePurpose Adding(UserId user, SessionId session) =>
        new($"add/{user}/{session}");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
