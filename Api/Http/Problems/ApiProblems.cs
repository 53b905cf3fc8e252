using SessionAuth.Settings.Origins;

namespace SessionAuth.Api.Http.Problems;

/// <summary>The problems that any call may return.</summary>
internal static class ApiProblems
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    // A request without a session is not a refusal. Invalid cookies and the end of a session are logged separately.
    public static readonly UnauthorizedProblem NotSignedIn = new(
        "not-signed-in",
        "You are not signed in, or your session has ended. Sign in again."
    )
    {
        IsRefusal = false,
    };

    public static readonly ConflictProblem AnotherUser = new(
        "another-user",
        "Someone else signed in in this browser meanwhile. Nothing was done."
    );

    public static readonly UnauthorizedProblem SignInRefused = new(
        "sign-in-refused",
        "Incorrect email or password."
    );

    public static readonly ConflictProblem EmailTaken = new(
        "email-taken",
        "An account with this email already exists. Sign in instead."
    )
    {
        IsRefusal = true,
    };

    public static readonly NotFoundProblem SessionNotFound = new(
        "session-not-found",
        "Session not found."
    );

    public static readonly ApiProblem ForeignOrigin = new(
        StatusCodes.Status403Forbidden,
        "foreign-origin",
        "Changes need an Origin header with the origin of the sign-in pages."
    );

    public static ApiProblem UnknownHost(Origin ours) =>
        new(
            StatusCodes.Status400BadRequest,
            "unknown-host",
            $"This server does not serve the host that the Host header names. Use {ours.Value}."
        );

    public static readonly TooManyRequestsProblem TooManyStreams = new(
        "too-many-streams",
        "This session has as many event streams open as it may. Close one first.",
        TimeSpan.FromSeconds(15)
    );

    public static readonly ApiProblem Unavailable = new(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "The service is temporarily unavailable. Try again in a moment; repeating the request is safe.",
        Soon
    );

    public static readonly ApiProblem TokenSuperseded = new(
        StatusCodes.Status503ServiceUnavailable,
        "token-superseded",
        "The cookies of this request are superseded: there are newer ones, or will be in a moment. Try again with those.",
        Soon
    );

    public static readonly ApiProblem Busy = new(
        StatusCodes.Status503ServiceUnavailable,
        "busy",
        "Too many people are signing in right now. Try again in a moment.",
        Soon
    );

    public static readonly ApiProblem Internal = new(
        StatusCodes.Status500InternalServerError,
        "internal",
        "Something went wrong on our side."
    );

    public static TooManyRequestsProblem TooManyTries(TimeSpan wait) =>
        new("too-many-tries", "Too many failed sign-ins. Wait before you try again.", wait);

    public static readonly ApiProblem InvalidEmail = InvalidField(
        "email",
        "Enter a valid email address."
    );

    public static ApiProblem InvalidField(string field, string problem) =>
        InvalidFields(new Dictionary<string, string> { [field] = problem });

    public static ApiProblem InvalidFields(IReadOnlyDictionary<string, string> problems) =>
        new(
            StatusCodes.Status400BadRequest,
            "invalid-field",
            "The request was not understood. See the errors for the fields.",
            Errors: problems.ToDictionary(
                problem => problem.Key,
                problem => new[] { problem.Value }
            )
        );

    public static readonly ApiProblem NotForm = new(
        StatusCodes.Status415UnsupportedMediaType,
        "not-form",
        "The body must be application/x-www-form-urlencoded, in UTF-8."
    );

    public static readonly ApiProblem RefreshSuperseded = new(
        StatusCodes.Status503ServiceUnavailable,
        "refresh-superseded",
        "A newer refresh token has been used since. Try again with that one.",
        Soon
    );

    public static readonly TooManyRequestsProblem TooManyGrants = new(
        "too-many-grants",
        "Too many applications were opened and closed within a minute. Try again in a moment.",
        TimeSpan.FromSeconds(30)
    );

    public static TooManyRequestsProblem TooManyClientFailures(TimeSpan wait) =>
        new(
            "too-many-client-failures",
            "Too many requests with a wrong client or client secret. Wait before you try again.",
            wait
        );

    public static ApiProblem InvalidBody(int status) =>
        status switch
        {
            StatusCodes.Status413PayloadTooLarge => new(
                status,
                "body-too-large",
                "The body is larger than 64 KiB."
            ),
            StatusCodes.Status414UriTooLong => new(
                status,
                "url-too-long",
                "The path and the query are longer than 8 KiB."
            ),
            StatusCodes.Status415UnsupportedMediaType => new(
                status,
                "not-json",
                "The body must be application/json, in UTF-8."
            ),
            StatusCodes.Status408RequestTimeout => new(
                status,
                "too-slow",
                "The body came too slowly."
            ),
            StatusCodes.Status431RequestHeaderFieldsTooLarge => new(
                status,
                "headers-too-large",
                "The headers are larger than 32 KiB, or more than 100."
            ),
            _ => new(
                StatusCodes.Status400BadRequest,
                "invalid-body",
                "The body is missing, or is not the JSON that this call takes."
            ),
        };

    public static ApiProblem OfStatus(int status) =>
        status switch
        {
            StatusCodes.Status404NotFound => new(status, "not-found", "Not found."),
            StatusCodes.Status405MethodNotAllowed => new(
                status,
                "method-not-allowed",
                "This path does not take that method. See the Allow header."
            ),
            _ => InvalidBody(status),
        };
}
