using SessionAuth.Api.Http.Security;
using SessionAuth.Api.Settings;
using SessionAuth.Settings.Origins;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Pages;

/// <summary>Serves the pages from a node, on the API's host or on a separate one.</summary>
internal static class NodePages
{
    public static IServiceCollection AddPages(
        this IServiceCollection services,
        ApiSettings settings
    )
    {
        string apiOrigin = settings.HasApiHost(out _, out Origin? api) ? api.Value : "";
        return services
            .AddSingleton(provider => new SecurityHeaders(provider, apiOrigin))
            .AddSingleton(provider => new UiPages(
                apiOrigin,
                () => provider.GetRequiredService<Origins>().Ui.Value,
                provider.GetRequiredService<IHostEnvironment>()
            ));
    }

    public static void MapPages(this WebApplication app, ApiSettings settings)
    {
        RouteGroupBuilder pages = app.MapGroup("");
        if (settings.HasApiHost(out Origin? ui, out _))
            pages.RequireHost(ui.RoutedHost());
        app.Services.GetRequiredService<UiPages>().Map(pages);
    }
}
