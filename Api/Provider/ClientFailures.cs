using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.OpenId.Applications;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Provider;

/// <summary>Throttles and logs failed authentications of applications.</summary>
internal sealed class ClientFailures(ClientThrottle throttle, SecurityLog log) : IClientFailures
{
    public Task<TimeSpan?> Count(HttpContext context)
    {
        log.Refused(context, "client-refused");
        return throttle.Count(context.ClientNetwork());
    }
}
