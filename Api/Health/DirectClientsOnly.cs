using Microsoft.AspNetCore.HttpOverrides;
using SessionAuth.Api.Http.Problems;

namespace SessionAuth.Api.Health;

/// <summary>
/// Hides an endpoint from clients behind a proxy: the check costs a write, and is meant for operators, who reach the
/// node directly.
/// </summary>
internal sealed class DirectClientsOnly : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        // The header in which the framework stores the proxy's own IP address.
        context.HttpContext.Request.Headers.ContainsKey(
            ForwardedHeadersDefaults.XOriginalForHeaderName
        )
            ? new(ApiProblems.OfStatus(StatusCodes.Status404NotFound))
            : next(context);
}
