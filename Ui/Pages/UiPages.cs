using System.Net;
using Microsoft.AspNetCore.Http.Features;
using SessionAuth.Ui.Assets;
using SessionAuth.Ui.Security;

namespace SessionAuth.Ui.Pages;

/// <summary>Serves the pages, in their own host or in a node.</summary>
public sealed class UiPages
{
    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] s_pages =
    [
        "/",
        "/login",
        "/register",
        "/confirm",
        "/sign-out",
        "/account",
        "/account/sign-in",
        "/account/email",
        "/account/activity",
        "/verify-email",
        "/forgot",
        "/reset",
        "/new-email",
    ];

    private readonly Func<UiFiles> _files;
    private readonly WellKnown _wellKnown;

    /// <param name="apiOrigin">The API's origin; empty when it is that of the pages.</param>
    /// <param name="origin">Gets the pages' origin; null while it is not known.</param>
    /// <param name="environment">
    /// The host's environment: in Development and under <c>dotnet watch</c>, files are read from their directory.
    /// </param>
    public UiPages(string apiOrigin, Func<string?> origin, IHostEnvironment environment)
        : this(
            apiOrigin,
            origin,
            SourceFiles.Directory(environment, SourceFiles.IsWatched, SourceFiles.BuiltFrom)
        ) { }

    /// <param name="apiOrigin">The API's origin; empty when it is that of the pages.</param>
    /// <param name="origin">Gets the pages' origin; null while it is not known.</param>
    /// <param name="directory">The directory to read the files from; null for the files in the assembly.</param>
    internal UiPages(string apiOrigin, Func<string?> origin, string? directory)
    {
        if (directory is null)
        {
            UiFiles files = new(EmbeddedFiles.Read(), apiOrigin);
            _files = () => files;
        }
        else
        {
            _files = new SourceFiles(directory, apiOrigin).Current;
        }
        _wellKnown = new(origin);
    }

    /// <summary>
    /// Maps the pages and their files for GET and HEAD only: the API maps other methods of the same paths.
    /// </summary>
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (string page in s_pages)
            Map(app, page, context => Page(context, page));
        Map(app, "/assets/{version}/{**path}", Asset);
        Map(app, "/favicon.ico", context => _files().Icon.Serve(context));
        Map(app, "/robots.txt", context => _files().Robots.Serve(context));
        Map(app, WellKnown.ChangePasswordPath, WellKnown.ChangePassword);
        Map(app, WellKnown.PasskeyEndpointsPath, _wellKnown.PasskeyEndpoints);
    }

    /// <summary>Answers with the page for paths that do not exist.</summary>
    /// <param name="context">The request; the status of the response is kept.</param>
    public Task WriteNotFound(HttpContext context)
    {
        context.MarkAs(UiAnswer.Page);
        return _files().NotFound.Serve(context, context.Response.StatusCode);
    }

    /// <summary>Answers with the page for requests to a host name that is not one of the server's.</summary>
    /// <param name="context">The request; the status of the response is kept.</param>
    /// <param name="url">The right URL.</param>
    public Task WriteUnknownHost(HttpContext context, string url)
    {
        context.MarkAs(UiAnswer.Standalone);
        return WriteHtml(context, StandalonePage.UnknownHost(url).Html());
    }

    /// <summary>Answers with a page at the host of an application.</summary>
    /// <param name="context">The request; the status of the response is kept.</param>
    /// <param name="page">The page.</param>
    /// <param name="isFramed">Whether it is shown in a frame of the application.</param>
    public static Task Write(HttpContext context, StandalonePage page, bool isFramed = false)
    {
        ArgumentNullException.ThrowIfNull(page);
        context.MarkAs(isFramed ? UiAnswer.Framed : UiAnswer.Standalone);
        return WriteHtml(context, page.Html());
    }

    /// <summary>Answers with a page of the host's own content in the layout of these pages.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">The title, as plain text.</param>
    /// <param name="main">The main part, as trusted HTML.</param>
    public Task Write(HttpContext context, string title, string main)
    {
        context.MarkAs(UiAnswer.Page);
        return WriteHtml(
            context,
            _files()
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

    // Routing ignores case and a trailing slash, the page's script does not: other forms are redirected to the
    // canonical path. Browsers keep the fragment, and the token in it, across redirects (RFC 9110 §10.2.2).
    private Task Page(HttpContext context, string page)
    {
        string typed = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (typed.Split('?')[0] == page || !typed.StartsWith('/'))
            return _files().Page.Serve(context);

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = page;
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        return Task.CompletedTask;
    }

    private Task Asset(HttpContext context)
    {
        UiFiles files = _files();
        RouteValueDictionary asked = context.Request.RouteValues;
        // Browsers cache an asset for ever, so the path of one version must not answer with the file of another.
        if (
            (string?)asked["version"] == files.Version
            && asked["path"] is string path
            && files.Asset(path) is { } file
        )
            return file.Serve(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteNotFound(context);
    }
}
