using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server.AspNetCore;

namespace SessionAuth.OpenId.Requests;

/// <summary>Refusals of authorization requests, and the time that they are judged by.</summary>
internal static class Refusals
{
    /// <summary>Sends the browser back to the application with an error (RFC 6749 §4.1.2.1).</summary>
    public static Task Refuse(this HttpContext context, string error, string description) =>
        context.ForbidAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
            new(
                new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
                }
            )
        );

    /// <summary>When the request came first: before the detour of a sealed one.</summary>
    public static DateTimeOffset RequestedAt(this HttpContext context, TimeProvider clock) =>
        context.Features.Get<NavigationRequest>()?.At ?? clock.GetUtcNow();
}
