using Microsoft.AspNetCore.Diagnostics;
using SessionAuth.OpenId.Applications;
using SessionAuth.OpenId.Hosting;
using SessionAuth.OpenId.Tokens;
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
            GrantNotYetException early => GrantProblem(early.Reason),
            TooManyClientFailuresException failures => ApiProblems.TooManyClientFailures(
                failures.Wait
            ),
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
        Endpoint? endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        if (problem == ApiProblems.Unavailable)
            LogUnavailable(exception, endpoint?.DisplayName);
        else if (problem == ApiProblems.Internal)
            LogUnexpected(exception, endpoint?.DisplayName);
        await (
            endpoint?.Metadata.GetMetadata<OpenIdEndpoint>() is { IsNavigation: true }
                ? ProblemPage.Write(httpContext, problem)
                : problem.ExecuteAsync(httpContext)
        );
        return true;
    }

    private static ApiProblem GrantProblem(GrantNotYetReason reason) =>
        reason switch
        {
            GrantNotYetReason.Superseded => ApiProblems.RefreshSuperseded,
            GrantNotYetReason.TooManyEnded => ApiProblems.TooManyGrants,
        };

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "{Endpoint} answered 503")]
    private partial void LogUnavailable(Exception exception, string? endpoint);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "{Endpoint} answered 500")]
    private partial void LogUnexpected(Exception exception, string? endpoint);
}
