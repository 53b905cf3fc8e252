using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Registry.Copies;
using SessionAuth.Registry.Keys;

namespace SessionAuth.Registry;

/// <summary>Registers the copy of the registry of a node.</summary>
public static class RegistryRegistration
{
    /// <summary>Adds the copy, after the silo or the client that it asks by.</summary>
    public static IServiceCollection AddRegistry(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services
            .AddSingleton(provider => new RegistryCopy(
                provider.GetRequiredService<IGrainFactory>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<KeyQuestions>()
            .AddSingleton<HeldKeys>()
            .AddSingleton(provider => new SealedValues(provider.GetRequiredService<HeldKeys>()))
            .AddSingleton(provider => new SignedValues(provider.GetRequiredService<HeldKeys>()))
            .AddSingleton(provider => new PublicKeys(
                provider.GetRequiredService<RegistryCopy>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddHostedService<RegistryPolling>();
    }
}
