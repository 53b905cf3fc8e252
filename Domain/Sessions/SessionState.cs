namespace SessionAuth.Domain.Sessions;

/// <summary>A session as stored.</summary>
public sealed record SessionState
{
    /// <summary>The id of its user.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Where it was started.</summary>
    public ClientDevice Device { get; init; } = new("", "", "");

    /// <summary>Whether its refresh token outlives the browser session.</summary>
    public bool Persistent { get; init; }

    /// <summary>When its user signed in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The absolute timeout. Storage may delete the session after it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The idle timeout: it ends when it was not used for this long.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>When it was last used, as of the last write.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The generations of its tokens, and which of them have come back.</summary>
    public Rotation Rotation { get; init; } = Rotation.First;

    /// <summary>When its user last authenticated, at sign-in or by step-up (<c>auth_time</c>); null when that proof was dropped.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>How (<c>amr</c>, RFC 8176).</summary>
    public IReadOnlyList<AuthenticationMethod> AuthenticationMethods { get; init; } = [];

    /// <summary>Whether it allows nothing until its user has proved a second factor.</summary>
    public bool Restricted { get; init; }

    /// <summary>Whether that was so before the last step-up.</summary>
    public bool RestrictedBefore { get; init; }

    /// <summary>The sessions that end when this one is first used; empty once they have ended.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was revoked; null while it was not.</summary>
    public SessionEndReason? RevokeReason { get; init; }
}
