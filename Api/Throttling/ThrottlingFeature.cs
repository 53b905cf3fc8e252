namespace SessionAuth.Api.Throttling;

/// <summary>What holds off guesses at passwords and codes.</summary>
internal static class ThrottlingFeature
{
    public static IServiceCollection AddThrottling(this IServiceCollection services) =>
        services
            .AddSingleton<SignInThrottle>()
            .AddSingleton<SignInLoadShedder>()
            .AddSingleton<NobodyKeys>();
}
