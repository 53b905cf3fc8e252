using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>What every answer says of a session and its device: the one place where both become JSON.</summary>
internal abstract record SessionResponse
{
    // Before the members of the records that follow, which would stand first otherwise.
    private const int First = -1;

    /// <summary>The session's id.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string Id { get; init; } = "";

    /// <summary>The browser.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string Browser { get; init; } = "";

    /// <summary>The operating system.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string System { get; init; } = "";

    /// <summary>The address that it was last refreshed from.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string Ip { get; init; } = "";

    /// <summary>When the user signed in there.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The response with the members of this record filled in from the session.</summary>
    private protected static TResponse Of<TResponse>(TResponse response, SessionSnapshot session)
        where TResponse : SessionResponse =>
        (TResponse)(
            (SessionResponse)response with
            {
                Id = session.Id.Value,
                Browser = session.Device.Browser,
                System = session.Device.System,
                Ip = session.Device.Ip,
                CreatedAt = session.CreatedAt,
                LastSeenAt = session.LastSeenAt,
            }
        );
}

/// <summary>A device that is signed in.</summary>
internal sealed record LiveSession : SessionResponse
{
    /// <summary>When it ends if it is not used: the earlier of the idle and the absolute timeout, as of now.</summary>
    [JsonRequired]
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it is the session that asks.</summary>
    [JsonRequired]
    public bool Current { get; init; }

    /// <summary>When its user last proved who they are there, at the sign-in or by a step-up.</summary>
    [JsonRequired]
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>What that proof was made with.</summary>
    [JsonRequired]
    public IReadOnlyList<AuthenticationMethod> Methods { get; init; } = [];

    public static LiveSession Of(SessionSnapshot session, CurrentSession current) =>
        Of(
            new LiveSession
            {
                ExpiresAt = session.ExpiresAt,
                Current = session.Id == current.Id,
                ProvedAt = session.AuthenticatedAt,
                Methods = session.Proof.Methods,
            },
            session
        );
}

/// <summary>A device that was signed in.</summary>
internal sealed record PastSession : SessionResponse
{
    /// <summary>When it ended.</summary>
    [JsonRequired]
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Why it ended.</summary>
    [JsonRequired]
    public SessionEndReason Reason { get; init; }

    public static PastSession Of(SessionSnapshot session) =>
        Of(
            new PastSession { EndedAt = session.EndedAt!.Value, Reason = session.EndReason!.Value },
            session
        );
}
