using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Sessions;

/// <summary>The session of a request, or why the request has none.</summary>
internal readonly struct FoundSession
{
    private FoundSession(CurrentSession? current, ApiProblem problem)
    {
        Current = current;
        Problem = problem;
    }

    /// <summary>The session that authenticates the request; null if none does.</summary>
    public CurrentSession? Current { get; }

    /// <summary>The answer of a call that needs a session when there is none.</summary>
    public ApiProblem Problem { get; }

    /// <summary>
    /// Whether the request is refused even if its session is optional. The request was delayed: without its session it
    /// might have another effect than intended.
    /// </summary>
    public bool IsSuperseded => Problem == ApiProblems.TokenSuperseded;

    /// <summary>There is no live session.</summary>
    public static FoundSession None { get; } = new(null, ApiProblems.NotSignedIn);

    /// <summary>There is a live session, but the endpoint does not allow restricted ones.</summary>
    public static FoundSession Restricted { get; } =
        new(null, AccountProblems.SecondFactorRequired);

    /// <summary>The request has superseded cookies.</summary>
    public static FoundSession Superseded { get; } = new(null, ApiProblems.TokenSuperseded);

    /// <summary>This session authenticates the request.</summary>
    public static FoundSession Of(CurrentSession session) => new(session, ApiProblems.NotSignedIn);
}
