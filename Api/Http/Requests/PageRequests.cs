using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Http.Requests;

/// <summary>Tells browser navigation from API calls.</summary>
internal static class PageRequests
{
    /// <summary>Whether the request accepts HTML at the pages' host, so that errors are shown as a page.</summary>
    public static bool WantsPage(this HttpContext context) =>
        context.RequestServices.GetRequiredService<Origins>().Ui.Authority
            == context.Request.Headers.Host.ToString()
        && context.TakesHtml();

    /// <summary>Whether the request is a browser navigation.</summary>
    public static bool IsForPage(this HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.TakesHtml();

    private static bool TakesHtml(this HttpContext context) =>
        context.Request.Headers.Accept.Any(accept =>
            accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true
        );
}
