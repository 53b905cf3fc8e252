using System.Globalization;
using SessionAuth.Api.Http.Logging;

namespace SessionAuth.Api.Http.Problems;

/// <summary>
/// An error response of the API (RFC 9457 problem details), with a stable type and code, and a title that says what to
/// do. All refusals pass through this class, so that each is written to the security log.
/// </summary>
/// <remarks>
/// A subtype in a handler's result type (<see cref="ConflictProblem"/> and the others) adds its status to the OpenAPI
/// document. Statuses that any call may return are documented in <see cref="SharedProblems"/>.
/// </remarks>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable, machine-readable code.</param>
/// <param name="Title">A human-readable summary of the problem and what to do.</param>
/// <param name="RetryAfter">When to retry; null if not applicable.</param>
/// <param name="Errors">Validation errors by field; null if not applicable.</param>
/// <param name="Accepts">The accepted combinations of authentication methods; null if not applicable.</param>
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
    /// Whether this is a refusal, which is written to the security log (ASVS 16.3.1, 16.3.2): missing permission, or a
    /// wrong secret. By default it follows from the status.
    /// </summary>
    public bool IsRefusal { get; init; } =
        Status
        is StatusCodes.Status401Unauthorized
            or StatusCodes.Status403Forbidden
            or StatusCodes.Status429TooManyRequests;

    /// <summary>Where a browser begins a sign-in (<c>signIn</c>); null if not applicable.</summary>
    public string? SignIn { get; init; }

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
        if (SignIn is not null)
            extensions["signIn"] = SignIn;
        return TypedResults
            .Problem(
                statusCode: Status,
                type: "urn:sessionauth:problem:" + Code,
                title: Title,
                extensions: extensions
            )
            .ExecuteAsync(httpContext);
    }

    /// <summary>A time as the value of <c>Retry-After</c> (RFC 9110 §10.2.3).</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
