using System.Text.Json.Serialization;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Sessions;

/// <summary>The stored state of a session.</summary>
public sealed record SessionState
{
    /// <summary>The user id.</summary>
    public string UserId
    {
        get => User.Value;
        init => User = Domain.UserId.Parse(value);
    }

    /// <summary>The user. Only the text of its id is stored.</summary>
    internal UserId User { get; private init; }

    /// <summary>The device that it was started on.</summary>
    public ClientDevice Device { get; init; } = new("", "", "");

    /// <summary>Whether the refresh token outlives the browser session ("remember me").</summary>
    public bool Persistent { get; init; }

    /// <summary>When the user signed in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The absolute timeout. Storage may delete the session after it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The idle timeout.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>When it was last used, as of the last write.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The token generations, and which of them were presented.</summary>
    public Rotation Rotation { get; init; } = Rotation.First;

    /// <summary>
    /// When the user last authenticated, at sign-in or by step-up (<c>auth_time</c>); null if that no longer counts.
    /// </summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>How the user authenticated (<c>amr</c>, RFC 8176).</summary>
    public IReadOnlyList<AuthenticationMethod> AuthenticationMethods
    {
        get;
        init => field = MethodLists.Shared(value);
    } = [];

    /// <summary>Whether the session is restricted until the user has added or used a second factor.</summary>
    public bool Restricted { get; init; }

    /// <summary>Whether the session was restricted before the last step-up.</summary>
    public bool RestrictedBefore { get; init; }

    /// <summary>The replaced sessions, which end when this one is first used; empty once they have ended.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was revoked; null if it was not.</summary>
    public SessionEndReason? RevokeReason { get; init; }

    /// <summary>The applications that the session was handed to; null when it never was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SessionGrants? Grants { get; init; }
}
