using Microsoft.AspNetCore.Diagnostics;
using SessionAuth.Providers;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Api.Http.Problems;

/// <summary>
/// Converts exceptions to problems that reveal no internals (ASVS 16.5.1). A failure of storage or the cluster is 503,
/// never 401, so that an outage does not sign users out.
/// </summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger)
    : IExceptionHandler
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
            // Not 503: a retry cannot succeed.
            StorageRefusedException => ApiProblems.Internal,
            StorageUnavailableException
            or RegistryUnavailableException
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

        // The exception handler middleware has removed the endpoint from the request.
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
