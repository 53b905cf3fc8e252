using SessionAuth.Api.Security;
using SessionAuth.Api.Settings;
using SessionAuth.Ui.Pages;
using SessionAuth.Ui.Security;

namespace SessionAuth.Api.Pages;

/// <summary>The pages in a node: beside the API on one host, or each on its own.</summary>
internal static class NodePages
{
    public static IServiceCollection AddPages(
        this IServiceCollection services,
        ApiSettings settings
    )
    {
        string apiOrigin = settings.HasApiHost(out _, out Origin? api) ? api.Value : "";
        HeaderPolicyCollection pages = UiHeaders.Policy(apiOrigin);
        services
            .AddSecurityHeaderPolicies()
            .SetDefaultPolicy(ApiHeaders.Policy)
            .SetPolicySelector(selection =>
                selection.HttpContext.IsUiAnswer() ? pages : selection.DefaultPolicy
            );
        return services.AddSingleton(new UiPages(apiOrigin));
    }

    public static void MapPages(this WebApplication app, ApiSettings settings)
    {
        RouteGroupBuilder pages = app.MapGroup("");
        if (settings.HasApiHost(out Origin? ui, out _))
            pages.RequireHost(ui.Authority);
        app.Services.GetRequiredService<UiPages>().Map(pages);
    }

    /// <summary>Whether who asks is to see a page where there is nothing: a browser, at the pages' host.</summary>
    public static bool WantsPage(HttpContext context)
    {
        Origins origins = context.RequestServices.GetRequiredService<Origins>();
        bool atPages =
            origins.Shared
            || string.Equals(
                context.Request.Host.Value,
                origins.Ui.Authority,
                StringComparison.OrdinalIgnoreCase
            );
        return atPages
            && context.Request.Headers.Accept.Any(accept =>
                accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true
            );
    }
}
