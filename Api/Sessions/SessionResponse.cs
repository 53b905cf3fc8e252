using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Api.Sessions;

/// <summary>The common JSON members of sessions.</summary>
internal abstract record SessionResponse
{
    // Orders these members before those of derived records.
    private const int First = -1;

    /// <summary>The session id.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string Id { get; init; } = "";

    /// <summary>The name and major version of the browser.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string Browser { get; init; } = "";

    /// <summary>The operating system.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string System { get; init; } = "";

    /// <summary>The IP address of the last token refresh.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public string Ip { get; init; } = "";

    /// <summary>When the user signed in.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the session was last used.</summary>
    [JsonRequired, JsonPropertyOrder(First)]
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Fills in the common members from the session.</summary>
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

/// <summary>A live session.</summary>
internal sealed record LiveSession : SessionResponse
{
    /// <summary>When the session expires if it is not used: the earlier of the idle and the absolute timeout.</summary>
    [JsonRequired]
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it is the current session.</summary>
    [JsonRequired]
    public bool Current { get; init; }

    /// <summary>
    /// When the user last authenticated in this session, at sign-in or by step-up (<c>auth_time</c>).
    /// </summary>
    [JsonRequired]
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The authentication methods used (<c>amr</c>).</summary>
    [JsonRequired]
    public IReadOnlyList<AuthenticationMethod> Methods { get; init; } = [];

    /// <summary>The applications that the session was handed to.</summary>
    [JsonRequired]
    public IReadOnlyList<SessionApplication> Applications { get; init; } = [];

    public static LiveSession Of(
        SessionSnapshot session,
        CurrentSession current,
        ApplicationNames names
    ) =>
        Of(
            new LiveSession
            {
                ExpiresAt = session.ExpiresAt,
                Current = session.Id == current.Id,
                AuthenticatedAt = session.AuthenticatedAt,
                Methods = session.Proof.Methods,
                Applications =
                [
                    .. session.Applications.Select(opened => SessionApplication.Of(opened, names)),
                ],
            },
            session
        );
}

/// <summary>An ended session.</summary>
internal sealed record PastSession : SessionResponse
{
    /// <summary>When the session ended.</summary>
    [JsonRequired]
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Why the session ended.</summary>
    [JsonRequired]
    public SessionEndReason Reason { get; init; }

    public static PastSession Of(SessionSnapshot session) =>
        Of(
            new PastSession { EndedAt = session.EndedAt!.Value, Reason = session.EndReason!.Value },
            session
        );
}

/// <summary>An application that a session was handed to.</summary>
/// <param name="Id">The id of the application.</param>
/// <param name="Name">Its name; the id, once it is not registered any more.</param>
/// <param name="OpenedAt">When the session was first handed to it.</param>
internal sealed record SessionApplication(string Id, string Name, DateTimeOffset OpenedAt)
{
    public static SessionApplication Of(OpenedApplication opened, ApplicationNames names) =>
        new(opened.Application.Value, names.Of(opened.Application), opened.OpenedAt);
}
