using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Registry.Copies;

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
            .AddHostedService<RegistryPolling>();
    }
}
