using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionAuth.Settings;

namespace SessionAuth.Checks;

/// <summary>Registers the checks of a front end.</summary>
public static class ChecksRegistration
{
    /// <summary>Adds the checks, and their settings from the configuration, which are validated at the start.</summary>
    public static IServiceCollection AddChecks(
        this IServiceCollection services,
        IConfiguration configuration
    ) =>
        services
            .AddSettings<CheckSettings, CheckSettingsValidator>(configuration)
            .AddSingleton(provider => new CopyStore(
                provider.GetRequiredService<IOptions<CheckSettings>>().Value.MaxSessions
            ))
            .AddSingleton<CheckMeters>()
            .AddSingleton<HeldLeases>()
            .AddHostedService(provider => provider.GetRequiredService<HeldLeases>())
            .AddSingleton(provider => new SessionChecks(
                provider.GetRequiredService<IGrainFactory>(),
                provider.GetRequiredService<CopyStore>(),
                provider.GetRequiredService<HeldLeases>(),
                provider.GetRequiredService<CheckMeters>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IOptions<CheckSettings>>()
            ));
}
