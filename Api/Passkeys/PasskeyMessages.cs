using System.Text.Json;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Api.Passkeys;

/// <summary>What an authenticator is asked.</summary>
/// <param name="Challenge">What comes back with the answer: good once, for five minutes.</param>
/// <param name="Options">The options, as <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> and <c>parseRequestOptionsFromJSON</c> take them.</param>
internal sealed record PasskeyChallenge(string Challenge, JsonElement Options);

/// <summary>What signing in with a passkey takes.</summary>
/// <param name="Challenge">The challenge that was answered.</param>
/// <param name="Credential">The answer, as <c>PublicKeyCredential.toJSON</c> writes it.</param>
/// <param name="Remember">Whether the session outlives the browser's own; else it ends with it, or after 24 idle hours.</param>
internal sealed record PasskeyLoginRequest(
    string Challenge,
    JsonElement Credential,
    bool Remember = true
);

/// <summary>What adding a passkey takes.</summary>
/// <param name="Challenge">The challenge that was answered.</param>
/// <param name="Name">The passkey's name, 1 to 64 characters.</param>
/// <param name="Credential">The answer, as <c>PublicKeyCredential.toJSON</c> writes it.</param>
internal sealed record AddPasskeyRequest(string Challenge, string Name, JsonElement Credential);

/// <summary>The user's passkeys.</summary>
/// <param name="Passkeys">In the order in which they were added.</param>
internal sealed record PasskeyList(IReadOnlyList<ListedPasskey> Passkeys);

/// <summary>A passkey as its user sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that the user gave it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used; null when never.</param>
/// <param name="Synced">Whether it is kept on more than one device.</param>
internal sealed record ListedPasskey(
    string Id,
    string Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    bool Synced
)
{
    public static ListedPasskey Of(Passkey passkey) =>
        new(
            passkey.Id,
            passkey.Name,
            passkey.CreatedAt,
            passkey.LastUsedAt,
            Synced: passkey.BackedUp
        );
}
