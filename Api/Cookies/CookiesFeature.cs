namespace SessionAuth.Api.Cookies;

/// <summary>Registers the cookies.</summary>
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
