using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server.AspNetCore;
using SessionAuth.OpenId.Browsers;
using SessionAuth.OpenId.Requests;
using SessionAuth.Registry.Copies;

namespace SessionAuth.OpenId.Hosting;

/// <summary>
/// Answers a request to the provider: the library checks it, and answers it if no person is involved.
/// </summary>
/// <remarks>
/// The library is called here and not by the framework's authentication middleware: it would look at every request of the
/// node, and could not be used before the registry is known.
/// </remarks>
internal sealed class OpenIdPipeline(
    RegistryCopy registry,
    Navigations navigations,
    IPublicOrigins origins
)
{
    private const string InvalidForm =
        """{"error":"invalid_request","error_description":"The form has too many or too long members."}""";

    public async Task Answer(HttpContext context)
    {
        Endpoint endpoint = context.GetEndpoint()!;
        // Nothing of the library works without; the answer is 503.
        _ = registry.Current;
        // Errors have the form of OAuth, also those whose body is empty (RFC 6750 §3).
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        // Behind a proxy that terminates TLS, the node sees http. The host has been compared with the origin's already.
        context.Request.Scheme = new Uri(origins.Api).Scheme;
        if (!await HasReadableForm(context.Request))
        {
            await RefuseForm(context);
            return;
        }

        if (
            endpoint.Metadata.GetMetadata<OpenIdEndpoint>()!.IsNavigation
            && await navigations.IsAnswered(context)
        )
            return;

        if (!await (await Library(context)).HandleRequestAsync())
            await endpoint.RequestDelegate!(context);
    }

    // Later, the framework's limits of forms would look like an error of the server.
    private static async Task<bool> HasReadableForm(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return true;
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static Task RefuseForm(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json;charset=UTF-8";
        return context.Response.WriteAsync(InvalidForm, context.RequestAborted);
    }

    private static async Task<IAuthenticationRequestHandler> Library(HttpContext context)
    {
        IAuthenticationHandler? handler = await context
            .RequestServices.GetRequiredService<IAuthenticationHandlerProvider>()
            .GetHandlerAsync(context, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return (IAuthenticationRequestHandler)handler!;
    }
}
