using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Settings;
using SessionAuth.Settings.Origins;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// Rejects requests for unknown hosts (DNS rebinding). Later middleware sees only the canonical form of the configured
/// hosts.
/// </summary>
/// <remarks>Health checks are exempt: load balancers use any host name or IP address.</remarks>
internal sealed class HostCheck(RequestDelegate next, Origins origins, UiPages pages)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        // Not Request.Host, which throws on invalid A-labels.
        string named = request.Headers.Host.ToString();
        // As nearly all clients write it.
        if (named == origins.Api.Authority || named == origins.Ui.Authority)
            return next(context);

        Origin? ours = OursAt(named);
        request.Headers.Host = ours?.Authority ?? "";
        if (ours is null)
            return IsHealth(request) ? next(context) : Refuse(context);

        // For a browser, a host name with a trailing dot is a different origin with separate cookies.
        if (IsWithDot(named) && context.IsForPage())
        {
            context.Response.Headers.Location = ours.Value + request.Path.ToUriComponent();
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private Origin? OursAt(string named)
    {
        if (!Authority.TryParse(named, out Authority? asked))
            return null;
        if (origins.Ui.IsAt(asked))
            return origins.Ui;
        return origins.Api.IsAt(asked) ? origins.Api : null;
    }

    private Task Refuse(HttpContext context)
    {
        if (!context.IsForPage())
            return ApiProblems.UnknownHost(origins.Api).ExecuteAsync(context);

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return pages.WriteUnknownHost(context, origins.Ui.Value);
    }

    private static bool IsHealth(HttpRequest request) =>
        request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal);

    private static bool IsWithDot(string named) => named.Split(':')[0].EndsWith('.');
}
