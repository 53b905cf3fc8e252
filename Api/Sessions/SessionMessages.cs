using System.Text.Json.Serialization;
using SessionAuth.Api.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Sessions;

/// <summary>Whether one is signed in, and as whom.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SessionId">The session.</param>
internal sealed record SignedIn(string UserId, string SessionId);

/// <summary>The user and this session.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">The user's address.</param>
/// <param name="EmailVerified">Whether its owner has proved it.</param>
/// <param name="NewEmail">The address that it is to become, while that waits to be confirmed.</param>
/// <param name="HasPassword">Whether there is a password.</param>
/// <param name="Totp">Whether an authenticator app is asked at the sign-in.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are unused.</param>
/// <param name="Passkeys">How many passkeys there are.</param>
/// <param name="Session">This session.</param>
/// <param name="Next">What has to be done before anything else: second-factor-setup.</param>
internal sealed record Me(
    string UserId,
    string Email,
    bool EmailVerified,
    string? NewEmail,
    bool HasPassword,
    bool Totp,
    int RecoveryCodesLeft,
    int Passkeys,
    LiveSession Session,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next
)
{
    public static Me Of(UserProfile user, SessionSnapshot session, CurrentSession current) =>
        new(
            current.User.Value,
            user.Email,
            user.EmailVerified,
            user.NewEmail,
            user.HasPassword,
            user.HasTotp,
            user.RecoveryCodesLeft,
            user.Passkeys,
            LiveSession.Of(session, current),
            session.Proof.Restricted ? Account.SecondFactorSetup : null
        );
}

/// <summary>A device that is signed in.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Browser">The browser.</param>
/// <param name="System">The operating system.</param>
/// <param name="Ip">The address that it was last refreshed from.</param>
/// <param name="CreatedAt">When the user signed in there.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it ends if it is not used: the earlier of the idle and the absolute timeout, as of now.</param>
/// <param name="Current">Whether it is the session that asks.</param>
/// <param name="ProvedAt">When its user last proved who they are there, at the sign-in or by a step-up.</param>
/// <param name="Methods">What that proof was made with.</param>
internal sealed record LiveSession(
    string Id,
    string Browser,
    string System,
    string Ip,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    bool Current,
    DateTimeOffset? ProvedAt,
    IReadOnlyList<AuthenticationMethod> Methods
)
{
    public static LiveSession Of(SessionSnapshot session, CurrentSession current) =>
        new(
            session.Id.Value,
            session.Device.Browser,
            session.Device.System,
            session.Device.Ip,
            session.CreatedAt,
            session.LastSeenAt,
            session.ExpiresAt,
            session.Id == current.Id,
            session.AuthenticatedAt,
            session.Proof.Methods
        );
}

/// <summary>A device that was signed in.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Browser">The browser.</param>
/// <param name="System">The operating system.</param>
/// <param name="Ip">The address that it was last refreshed from.</param>
/// <param name="CreatedAt">When the user signed in there.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Reason">Why it ended.</param>
internal sealed record PastSession(
    string Id,
    string Browser,
    string System,
    string Ip,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset EndedAt,
    SessionEndReason Reason
)
{
    public static PastSession Of(SessionSnapshot session) =>
        new(
            session.Id.Value,
            session.Device.Browser,
            session.Device.System,
            session.Device.Ip,
            session.CreatedAt,
            session.LastSeenAt,
            session.EndedAt!.Value,
            session.EndReason!.Value
        );
}

/// <summary>The user's devices.</summary>
/// <param name="Sessions">Those that are signed in, in the order in which they signed in.</param>
/// <param name="Ended">The last ten that were, latest first.</param>
/// <param name="Remembered">Those that were, and are still known: their guesses are counted apart. Ending all others ends them.</param>
internal sealed record DeviceList(
    IReadOnlyList<LiveSession> Sessions,
    IReadOnlyList<PastSession> Ended,
    IReadOnlyList<RememberedDevice> Remembered
);

/// <summary>A device on which the user has signed in before, and is not signed in now.</summary>
/// <param name="Browser">The browser; empty when that has been forgotten.</param>
/// <param name="System">The operating system, likewise.</param>
/// <param name="LastSignInAt">When the user last signed in there.</param>
internal sealed record RememberedDevice(string Browser, string System, DateTimeOffset LastSignInAt)
{
    public static RememberedDevice Of(DeviceSnapshot device) =>
        new(device.Browser, device.System, device.SeenAt);
}

/// <summary>Why a session has ended.</summary>
/// <param name="Reason">The reason.</param>
internal sealed record RevokedEvent(SessionEndReason Reason);
