using System.Text.Json.Serialization;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Accounts;

/// <summary>What registering takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">8 to 256 characters.</param>
internal sealed record RegisterRequest(string Email, string Password);

/// <summary>What signing in takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">The password.</param>
/// <param name="Remember">Whether the session outlives the browser's own; else it ends with it, or after 24 idle hours.</param>
internal sealed record LoginRequest(string Email, string Password, bool Remember = true);

/// <summary>An account.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">The address.</param>
/// <param name="Next">What has to be done first: second-factor-setup.</param>
internal sealed record Account(
    string UserId,
    string Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null
)
{
    /// <summary>The session is there, and opens nothing before its user has a second factor.</summary>
    public const string SecondFactorSetup = "second-factor-setup";

    public static Account Of(string email, SessionGrant grant) =>
        new(grant.User.Value, email, grant.Restricted ? SecondFactorSetup : null);
}

/// <summary>How a sign-in goes on; with the account when it is over.</summary>
/// <param name="UserId">The user's id, when the person is in.</param>
/// <param name="Email">The address, when the person is in.</param>
/// <param name="Next">What has to be done: second-factor before there is a session, second-factor-setup with one.</param>
/// <param name="Methods">What would do as a second factor.</param>
internal sealed record LoginAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<AuthenticationMethod>? Methods = null
);

/// <summary>What is to be done next.</summary>
/// <param name="Next">verify-address, reset-password, or none.</param>
internal sealed record NextStep(string Next);

/// <summary>What a mailed link's page posts to verify an address.</summary>
/// <param name="Token">The link's token.</param>
/// <param name="Password">The account's password, from somebody who is not signed in.</param>
/// <param name="StartOver">
/// Whether, without either, the account is to be started over: its password is removed, and its sessions end.
/// </param>
internal sealed record VerificationRequest(
    string Token,
    string? Password = null,
    bool StartOver = false
);

/// <summary>A mailed link's token.</summary>
/// <param name="Token">The token.</param>
internal sealed record LinkRequest(string Token);

/// <summary>An address.</summary>
/// <param name="Email">The address.</param>
internal sealed record AddressMessage(string Email);

/// <summary>What changing a password takes.</summary>
/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">8 to 256 characters.</param>
internal sealed record PasswordChangeRequest(string CurrentPassword, string NewPassword);

/// <summary>What resetting a password takes.</summary>
/// <param name="Token">The link's token.</param>
/// <param name="Password">8 to 256 characters.</param>
internal sealed record PasswordResetRequest(string Token, string Password);
