using System.Net;
using Microsoft.AspNetCore.Http.Features;
using SessionAuth.Ui.Assets;
using SessionAuth.Ui.Security;

namespace SessionAuth.Ui.Pages;

/// <summary>Serves the pages, in a host of their own or in a node's.</summary>
public sealed class UiPages
{
    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] s_pages =
    [
        "/",
        "/login",
        "/register",
        "/account",
        "/account/sign-in",
        "/account/address",
        "/account/activity",
        "/verify-address",
        "/forgot",
        "/reset",
        "/new-address",
    ];

    private readonly UiFiles _files;
    private readonly WellKnown _wellKnown;

    /// <param name="apiOrigin">The API's origin; empty when it is the pages' own.</param>
    /// <param name="origin">The pages' origin, once it is known; null where it is not.</param>
    public UiPages(string apiOrigin, Func<string?> origin)
    {
        _files = new(apiOrigin);
        _wellKnown = new(origin);
    }

    /// <summary>Maps the pages and their files, for GET and HEAD: the same paths may take other methods elsewhere.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (string page in s_pages)
            Map(app, page, context => Page(context, page));
        Map(app, _files.AssetsPath + "/{**path}", Asset);
        Map(app, "/favicon.ico", context => _files.Icon.Serve(context));
        Map(app, "/robots.txt", context => _files.Robots.Serve(context));
        Map(app, WellKnown.ChangePasswordPath, WellKnown.ChangePassword);
        Map(app, WellKnown.PasskeyEndpointsPath, _wellKnown.PasskeyEndpoints);
    }

    /// <summary>Answers with the page for those who are nowhere.</summary>
    /// <param name="context">The request; its answer's status is kept.</param>
    public Task WriteNotFound(HttpContext context)
    {
        context.MarkAs(UiAnswer.Page);
        return _files.NotFound.Serve(context, context.Response.StatusCode);
    }

    /// <summary>Answers with the page for those who have come by a name that is none of the server's.</summary>
    /// <param name="context">The request; its answer's status is kept.</param>
    /// <param name="address">The right address.</param>
    public Task WriteElsewhere(HttpContext context, string address)
    {
        context.MarkAs(UiAnswer.Elsewhere);
        return WriteHtml(context, ElsewherePage.For(address));
    }

    /// <summary>Answers with a page that is made elsewhere, in the looks of these.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">The title, as text.</param>
    /// <param name="main">The main part, as markup.</param>
    public Task Write(HttpContext context, string title, string main)
    {
        context.MarkAs(UiAnswer.Page);
        return WriteHtml(
            context,
            _files
                .Plain.Replace("{{title}}", WebUtility.HtmlEncode(title), StringComparison.Ordinal)
                .Replace("{{main}}", main, StringComparison.Ordinal)
        );
    }

    private static Task WriteHtml(HttpContext context, string html)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static void Map(IEndpointRouteBuilder app, string path, RequestDelegate serve) =>
        app.MapMethods(
                path,
                s_methods,
                context =>
                {
                    context.MarkAs(UiAnswer.Page);
                    return serve(context);
                }
            )
            .ExcludeFromDescription();

    // The page reads its path to know what to show, and the routes are read more kindly: in any case, with a slash at the
    // end. A browser takes the fragment along, and the token in it (RFC 9110 §10.2.2).
    private Task Page(HttpContext context, string page)
    {
        string typed = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (typed.Split('?')[0] == page || !typed.StartsWith('/'))
            return _files.Page.Serve(context);

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = page;
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        return Task.CompletedTask;
    }

    private Task Asset(HttpContext context)
    {
        if (_files.Asset((string)context.Request.RouteValues["path"]!) is { } file)
            return file.Serve(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteNotFound(context);
    }
}
