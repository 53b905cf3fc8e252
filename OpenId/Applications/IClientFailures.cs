using Microsoft.AspNetCore.Http;

namespace SessionAuth.OpenId.Applications;

/// <summary>Counts failed authentications of applications.</summary>
public interface IClientFailures
{
    /// <summary>Counts one against the network of the caller, and writes it to the security log.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Null while there are few; otherwise how long the caller has to wait.</returns>
    Task<TimeSpan?> Count(HttpContext context);
}
