using Microsoft.AspNetCore.Http;

namespace SessionAuth.OpenId.Requests;

/// <summary>Redirects of navigations.</summary>
internal static class Redirects
{
    /// <summary>Redirects with 303: the browser continues with GET, and never sends a form on (RFC 9700 §4.12).</summary>
    public static void SeeOther(this HttpResponse response, string location)
    {
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = location;
    }
}
