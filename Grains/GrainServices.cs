using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Grains.Accounts;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Keys;
using SessionAuth.Grains.Leases;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Registry;
using SessionAuth.Grains.Secrets;
using SessionAuth.Grains.Security;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Storage;
using SessionAuth.Grains.Throttling;
using SessionAuth.Settings;

namespace SessionAuth.Grains;

/// <summary>Registers the services that grains need in their silo.</summary>
public static class GrainServices
{
    /// <summary>
    /// Adds the grains' services, and their settings from the configuration, which are validated at the start.
    /// </summary>
    public static IServiceCollection AddSessionAuthGrains(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        services
            .AddSettings<SessionOptions, SessionOptionsValidator>(configuration)
            .AddSettings<ThrottleOptions, ThrottleOptionsValidator>(configuration)
            .AddSettings<PasswordOptions, PasswordOptionsValidator>(configuration)
            .AddSettings<AccountOptions, AccountOptionsValidator>(configuration)
            .AddSettings<DataKeyOptions, DataKeyOptionsValidator>(configuration)
            .AddSettings<SigningKeyOptions, SigningKeyOptionsValidator>(configuration)
            .AddSettings<LeaseOptions, LeaseOptionsValidator>(configuration);
        return services
            .AddSingleton<IAttributeToFactoryMapper<DurableStateAttribute>, DurableStateMapper>()
            .AddSingleton<LeaseMeters>()
            .AddSingleton<SiloLeases>()
            .AddSingleton<IGrantedLeases>(provider => provider.GetRequiredService<SiloLeases>())
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
                provider.GetRequiredService<SiloLeases>()
            )
            .AddSingleton<RegistryOptions>()
            .AddSingleton<SecurityLogger>()
            .AddSingleton<DueSaves>()
            .AddSingleton<SessionUses>()
            .AddSingleton<SessionServices>()
            .AddSingleton<DataKeys>()
            .AddSingleton<SecretBox>()
            .AddSingleton<KeyStore>()
            .AddSingleton<LinkTokens>()
            .AddSingleton<RecoveryCodeMaker>()
            .AddSingleton<AccountSecrets>()
            .AddSingleton<AccountServices>()
            .AddSingleton<OutboxSignal>()
            .AddSingleton<BreachedPasswords>()
            .AddSingleton<PasswordRules>()
            .AddSingleton<PasswordHashScheduler>()
            .AddSingleton<PasswordHasher>()
            .AddSingleton<PasswordChecks>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
                provider.GetRequiredService<PasswordHasher>()
            );
    }
}
