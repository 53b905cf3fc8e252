using System.Globalization;
using SessionAuth.Api.Http.Logging;

namespace SessionAuth.Api.Http.Problems;

/// <summary>
/// An error as every client of the API meets it (RFC 9457): a stable type and code, and a title to act on. It is the one
/// place through which refusals go: none can be answered without its line in the security log.
/// </summary>
/// <remarks>
/// A handler that names a subtype in its result type (<see cref="ConflictProblem"/> and the others) has that status in the
/// OpenAPI document. The statuses that any call may have are described once, in <see cref="SharedProblems"/>.
/// </remarks>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What happened, for programs.</param>
/// <param name="Title">What happened and what to do, for people.</param>
/// <param name="RetryAfter">After how long another try makes sense.</param>
/// <param name="Errors">What is wrong with which field.</param>
/// <param name="Accepts">The proofs that would do, each all of its methods together.</param>
internal record ApiProblem(
    int Status,
    string Code,
    string Title,
    TimeSpan? RetryAfter = null,
    IReadOnlyDictionary<string, string[]>? Errors = null,
    IReadOnlyList<IReadOnlyList<string>>? Accepts = null
) : IResult
{
    /// <summary>
    /// Whether somebody is refused, which is one line in the security log (ASVS 16.3.1, 16.3.2): whoever may not do something,
    /// and whoever has given a secret that is not right. A problem with another status says so itself.
    /// </summary>
    public bool IsRefusal { get; init; } =
        Status
        is StatusCodes.Status401Unauthorized
            or StatusCodes.Status403Forbidden
            or StatusCodes.Status429TooManyRequests;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (IsRefusal)
            httpContext
                .RequestServices.GetRequiredService<SecurityLog>()
                .Refused(httpContext, Code);
        if (RetryAfter is { } wait)
            httpContext.Response.Headers.RetryAfter = Seconds(wait);

        Dictionary<string, object?> extensions = new() { ["code"] = Code };
        if (Errors is not null)
            extensions["errors"] = Errors;
        if (Accepts is not null)
            extensions["accepts"] = Accepts;
        return TypedResults
            .Problem(
                statusCode: Status,
                type: "urn:sessionauth:problem:" + Code,
                title: Title,
                extensions: extensions
            )
            .ExecuteAsync(httpContext);
    }

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
