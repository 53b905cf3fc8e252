using System.Net;
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

    /// <param name="apiOrigin">The API's origin; empty when it is the pages' own.</param>
    public UiPages(string apiOrigin) => _files = new(apiOrigin);

    /// <summary>Maps the pages and their files, for GET and HEAD: the same paths may take other methods elsewhere.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (string page in s_pages)
            Map(app, page, context => _files.Page.Serve(context));
        Map(app, _files.AssetsPath + "/{**path}", Asset);
        Map(app, "/favicon.ico", context => _files.Icon.Serve(context));
        Map(app, "/robots.txt", context => _files.Robots.Serve(context));
    }

    /// <summary>Answers with the page for those who are nowhere.</summary>
    /// <param name="context">The request; its answer's status is kept.</param>
    public Task WriteNotFound(HttpContext context)
    {
        context.MarkAsUi();
        return _files.NotFound.Serve(context, context.Response.StatusCode);
    }

    /// <summary>Answers with a page that is made elsewhere, in the looks of these.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">The title, as text.</param>
    /// <param name="main">The main part, as markup.</param>
    public Task Write(HttpContext context, string title, string main)
    {
        context.MarkAsUi();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            _files
                .Plain.Replace("{{title}}", WebUtility.HtmlEncode(title), StringComparison.Ordinal)
                .Replace("{{main}}", main, StringComparison.Ordinal),
            context.RequestAborted
        );
    }

    private static void Map(IEndpointRouteBuilder app, string path, RequestDelegate serve) =>
        app.MapMethods(
                path,
                s_methods,
                context =>
                {
                    context.MarkAsUi();
                    return serve(context);
                }
            )
            .ExcludeFromDescription();

    private Task Asset(HttpContext context)
    {
        if (_files.Asset((string)context.Request.RouteValues["path"]!) is { } file)
            return file.Serve(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteNotFound(context);
    }
}
