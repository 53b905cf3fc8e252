using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Settings;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// Refuses requests for other hosts than ours (DNS rebinding). Everything after this check sees one canonical spelling of
/// our hosts and never a foreign name (ASVS 15.3.4).
/// </summary>
/// <remarks>Health checks are excepted: load balancers ask by any name or address.</remarks>
internal sealed class HostCheck(RequestDelegate next, Origins origins, UiPages pages)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        // Not Request.Host, which throws for an invalid A-label.
        string named = request.Headers.Host.ToString();
        Origin? ours = OursAt(named);
        request.Headers.Host = ours?.Authority ?? "";
        if (ours is null)
            return IsHealth(request) ? next(context) : Refuse(context);

        // For a browser, the name with a dot at the end is another origin with cookies of its own.
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
        return pages.WriteElsewhere(context, origins.Ui.Value);
    }

    private static bool IsHealth(HttpRequest request) =>
        request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal);

    private static bool IsWithDot(string named) => named.Split(':')[0].EndsWith('.');
}
