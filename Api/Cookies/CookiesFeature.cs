namespace SessionAuth.Api.Cookies;

/// <summary>The cookies that there are.</summary>
internal static class CookiesFeature
{
    public static IServiceCollection AddCookies(this IServiceCollection services) =>
        services
            .AddSingleton<CookieSecurity>()
            .AddSingleton<AccessCookie>()
            .AddSingleton<RefreshCookie>()
            .AddSingleton<SignInCookie>()
            .AddSingleton<DeviceCookie>();
}
