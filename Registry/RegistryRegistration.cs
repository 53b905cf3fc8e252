using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Registry.Copies;
using SessionAuth.Registry.Files;
using SessionAuth.Registry.Keys;
using SessionAuth.Settings;

namespace SessionAuth.Registry;

/// <summary>Registers what a node has of the registry: its copy, and the file of applications that it gives to it.</summary>
public static class RegistryRegistration
{
    /// <summary>Adds the copy, after the silo or the client that it asks by.</summary>
    public static IServiceCollection AddRegistry(
        this IServiceCollection services,
        IConfiguration configuration
    ) =>
        services
            .AddSettings<AppsFileSettings, AppsFileSettingsValidator>(configuration)
            .AddSingleton(provider => new RegistryCopy(
                provider.GetRequiredService<IGrainFactory>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<KeyQuestions>()
            .AddSingleton<HeldKeys>()
            .AddSingleton(provider => new SealedValues(provider.GetRequiredService<HeldKeys>()))
            .AddSingleton(provider => new SignedValues(provider.GetRequiredService<HeldKeys>()))
            .AddHostedService<RegistryPolling>()
            .AddHostedService<AppsFileWatch>();
}
