using SessionAuth.Ui.Security;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// Sets the security headers of every response just before it starts. The middleware of the library would choose and
/// evaluate a policy for each response.
/// </summary>
internal sealed class SecurityHeaders
{
    private readonly FixedHeaders _api;
    private readonly FixedHeaders _pages;
    private readonly FixedHeaders _standalone;
    private readonly FixedHeaders _framed;
    private readonly Func<object, Task> _set;

    /// <param name="services">The services of the node.</param>
    /// <param name="apiOrigin">The API's origin; empty when it is that of the pages.</param>
    public SecurityHeaders(IServiceProvider services, string apiOrigin)
    {
        _api = FixedHeaders.Of(ApiHeaders.Policy, services);
        _pages = FixedHeaders.Of(UiHeaders.Policy(apiOrigin), services);
        _standalone = FixedHeaders.Of(UiHeaders.Standalone, services);
        _framed = FixedHeaders.Of(UiHeaders.Framed, services);
        _set = Set;
    }

    /// <summary>The middleware, the first that registers a callback, which runs last and so has the last word.</summary>
    public Task Invoke(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(_set, context);
        return next(context);
    }

    private Task Set(object state)
    {
        HttpContext context = (HttpContext)state;
        FixedHeaders headers = context.UiAnswer() switch
        {
            UiAnswer.Page => _pages,
            UiAnswer.Standalone => _standalone,
            UiAnswer.Framed => _framed,
            null => _api,
        };
        headers.Set(context.Response.Headers);
        return Task.CompletedTask;
    }
}
