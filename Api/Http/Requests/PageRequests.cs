using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Http.Requests;

/// <summary>Whether a request is a browser's that shows what it gets, and not a program's.</summary>
internal static class PageRequests
{
    /// <summary>Whether a browser asks at the host of the pages: it is shown a page even where there is nothing.</summary>
    public static bool WantsPage(this HttpContext context) =>
        context.RequestServices.GetRequiredService<Origins>().Ui.Authority
            == context.Request.Headers.Host.ToString()
        && context.TakesHtml();

    /// <summary>Whether a browser navigates to the address.</summary>
    public static bool IsForPage(this HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.TakesHtml();

    private static bool TakesHtml(this HttpContext context) =>
        context.Request.Headers.Accept.Any(accept =>
            accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true
        );
}
