using SessionAuth.Api.Tokens;

namespace SessionAuth.Api.Cookies;

/// <summary>The cookies that there are.</summary>
internal static class CookiesFeature
{
    public static IServiceCollection AddCookies(this IServiceCollection services) =>
        services
            .AddSingleton<TokenKinds>()
            .AddSingleton<TokenIssuer>()
            .AddSingleton<TokenReader>()
            .AddSingleton<SignedCookies>()
            .AddSingleton<SessionCookies>()
            .AddSingleton<LoginCookie>()
            .AddSingleton<DeviceCookie>();
}
