using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>
/// Says that a session was handed to an application, and with which proof. Stored with the session, so that one write
/// ends the session at all applications.
/// </summary>
public sealed record ApplicationGrant
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id of the application.</summary>
    public string Application { get; init; } = "";

    /// <summary>What the application may ask for (<c>scope</c>, RFC 6749 §3.3).</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When its authorization code was redeemed.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>
    /// When the user had authenticated (<c>auth_time</c>) as the application was told; null if that did not count any
    /// more. It stays: a newer proof of the session needs another grant, so that whoever copied what an application has
    /// gains nothing by its owner's step-up.
    /// </summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>How the user had authenticated (<c>amr</c>, RFC 8176).</summary>
    public IReadOnlyList<AuthenticationMethod> AuthenticationMethods
    {
        get;
        init => field = MethodLists.Shared(value);
    } = [];

    /// <summary>The generations of its refresh tokens.</summary>
    public Rotation Rotation { get; init; } = Rotation.First;

    /// <summary>What the application learns by a check, while the session is live.</summary>
    /// <param name="user">The session's user.</param>
    public GrantStanding Standing(UserId user) =>
        new(
            GrantId.Parse(Id),
            ClientId.Parse(Application),
            user,
            Scopes,
            AuthenticatedAt,
            AuthenticationMethods
        );
}
