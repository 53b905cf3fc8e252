using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Checks;

/// <summary>What is checked of a value that an application was issued, and whose signature was verified.</summary>
/// <remarks>
/// Keep it for the requests that bring the same value: it remembers the copy that answers for it.
/// </remarks>
/// <param name="session">The session that the value names.</param>
/// <param name="grant">The grant that it names.</param>
/// <param name="application">The application that it was issued for.</param>
public sealed class CheckedGrant(SessionId session, GrantId grant, ClientId application)
{
    private volatile Answering? _answering;

    /// <summary>The session.</summary>
    public SessionId Session => session;

    /// <summary>The grant.</summary>
    public GrantId Grant => grant;

    /// <summary>The application.</summary>
    public ClientId Application => application;

    /// <summary>Answers by the copy that it remembers; null when there is none that may be used.</summary>
    internal GrantStanding? Answer(TimeProvider clock) =>
        _answering is { } answering && answering.Copy.Answer(clock) is not null
            ? answering.Standing
            : null;

    /// <summary>Remembers a copy, if it answers for the grant.</summary>
    internal void Remember(Copy? copy) =>
        _answering = copy?.AnswerTo(grant, application) is { } standing
            ? new(copy, standing)
            : null;

    private sealed record Answering(Copy Copy, GrantStanding Standing);
}
