using System.Text.Json.Serialization;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Sessions;

/// <summary>A session as stored.</summary>
public sealed record SessionState
{
    /// <summary>Its user.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Where it was started.</summary>
    public ClientDevice Device { get; init; } = new("", "", "");

    /// <summary>Whether its refresh token outlives the browser's own session.</summary>
    public bool Persistent { get; init; }

    /// <summary>When its user signed in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends at the latest; storage may forget it after that.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>It ends when it was not used for this long.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>When it was last used, as of the last write.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The generations of its tokens, and what is known of them.</summary>
    public Rotation Rotation { get; init; } = Rotation.First;

    /// <summary>When its user last proved who they are; null when that proof was forgotten.</summary>
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>What that proof was made with.</summary>
    public IReadOnlyList<AuthenticationMethod> ProvedBy { get; init; } = [];

    /// <summary>Whether it opens nothing until its user has proved a second factor.</summary>
    public bool Restricted { get; init; }

    /// <summary>Whether it was so before the last step-up.</summary>
    public bool RestrictedBefore { get; init; }

    /// <summary>The sessions that end when this one is first used; empty once they have ended.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was revoked; null while it was not.</summary>
    public SessionEndReason? RevokeReason { get; init; }

    /// <summary>The earlier of the idle and the absolute end.</summary>
    /// <param name="lastSeenAt">When it was last used.</param>
    public DateTimeOffset EndsAt(DateTimeOffset lastSeenAt)
    {
        DateTimeOffset idleEnd = lastSeenAt + IdleTimeout;
        return idleEnd < ExpiresAt ? idleEnd : ExpiresAt;
    }

    /// <summary>As it is after a proof of who is there, or after its tokens alone were replaced.</summary>
    /// <param name="proof">The proof; null to keep the one that there is.</param>
    /// <param name="now">The time.</param>
    public SessionState WithProof(SessionProof? proof, DateTimeOffset now) =>
        this with
        {
            Rotation = Rotation.AdvanceAndRetire(now),
            LastSeenAt = now,
            ProvedAt = proof is null ? ProvedAt : now,
            ProvedBy = proof is null ? ProvedBy : proof.Methods,
            Restricted = proof is null ? Restricted : proof.Restricted,
            RestrictedBefore = Restricted,
        };

    /// <summary>As it is when a refresh token from before the last step-up has come: whoever holds it has proved nothing.</summary>
    public SessionState WithoutProof() =>
        this with
        {
            ProvedAt = null,
            ProvedBy = [],
            Restricted = RestrictedBefore,
        };

    /// <summary>Whether there is anything of the last step-up that whoever has proved nothing must not have.</summary>
    [JsonIgnore]
    public bool HasProof => ProvedAt is not null || (RestrictedBefore && !Restricted);

    /// <summary>Whether it belongs to this user.</summary>
    public bool BelongsTo(UserId user) => UserId == user.Value;
}
