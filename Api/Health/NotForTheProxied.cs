using Microsoft.AspNetCore.HttpOverrides;
using SessionAuth.Api.Http.Problems;

namespace SessionAuth.Api.Health;

/// <summary>
/// There is nothing here for whoever comes through a proxy: what costs a write is for those who look after the node, and
/// they reach it themselves.
/// </summary>
internal sealed class NotForTheProxied : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        // Where the framework has put the proxy's own address.
        context.HttpContext.Request.Headers.ContainsKey(
            ForwardedHeadersDefaults.XOriginalForHeaderName
        )
            ? new(ApiProblems.OfStatus(StatusCodes.Status404NotFound))
            : next(context);
}
