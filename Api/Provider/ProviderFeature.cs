using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Settings;
using SessionAuth.OpenId.Applications;
using SessionAuth.OpenId.Browsers;
using SessionAuth.OpenId.Hosting;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Api.Provider;

/// <summary>The OpenID Connect provider, with what it needs of the front end.</summary>
internal static class ProviderFeature
{
    public static IServiceCollection AddProvider(this IServiceCollection services) =>
        services
            .AddSingleton<IPublicOrigins>(provider => provider.GetRequiredService<Origins>())
            .AddSingleton<IBrowserSessions, ProviderSessions>()
            .AddSingleton<INoticePages, NoticePages>()
            .AddSingleton<IClientFailures, ClientFailures>()
            .AddOpenId();

    public static void MapProvider(this WebApplication app, ApiSettings settings)
    {
        // A restricted session is found, and gets no code.
        RouteGroupBuilder provider = app.MapOpenId().OpenToRestricted();
        if (settings.HasApiHost(out _, out Origin? api))
            provider.RequireHost(api.RoutedHost());
    }
}
