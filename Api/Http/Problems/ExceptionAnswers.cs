using Microsoft.AspNetCore.Diagnostics;
using SessionAuth.Providers;

namespace SessionAuth.Api.Http.Problems;

/// <summary>
/// Turns what was thrown into a problem that tells nothing inner (ASVS 16.5.1). What storage or the cluster
/// could not do is 503, never 401: an outage signs nobody out.
/// </summary>
internal sealed partial class ExceptionAnswers(ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        ApiProblem? problem = exception switch
        {
            BadHttpRequestException bad => BadRequests.Problem(bad),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested =>
                null,
            // Repeating the call cannot help.
            StorageRefusedException => ApiProblems.Internal,
            StorageUnavailableException
            or OrleansException
            or TimeoutException
            or OperationCanceledException => ApiProblems.Unavailable,
            _ => ApiProblems.Internal,
        };

        if (problem is null)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        // The framework takes the endpoint off the request before it asks here.
        string? endpoint = httpContext
            .Features.Get<IExceptionHandlerFeature>()
            ?.Endpoint?.DisplayName;
        if (problem == ApiProblems.Unavailable)
            LogUnavailable(exception, endpoint);
        else if (problem == ApiProblems.Internal)
            LogUnexpected(exception, endpoint);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "{Endpoint} answered 503")]
    private partial void LogUnavailable(Exception exception, string? endpoint);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "{Endpoint} answered 500")]
    private partial void LogUnexpected(Exception exception, string? endpoint);
}
