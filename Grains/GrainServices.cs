using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Accounts;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Secrets;
using SessionAuth.Grains.Security;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Storage;
using SessionAuth.Grains.Throttling;

namespace SessionAuth.Grains;

/// <summary>What the grains need from the silo that hosts them.</summary>
public static class GrainServices
{
    /// <summary>
    /// Adds the rules of sessions, passwords and throttling, read from the configuration and validated at the
    /// start, and the gate that passwords are hashed behind. The host provides an <see cref="IWriteFailures"/>.
    /// </summary>
    public static IServiceCollection AddSessionAuthGrains(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        services
            .AddRules<SessionOptions, SessionOptionsValidator>(configuration)
            .AddRules<ThrottleOptions, ThrottleOptionsValidator>(configuration)
            .AddRules<PasswordOptions, PasswordOptionsValidator>(configuration)
            .AddRules<AccountOptions, AccountOptionsValidator>(configuration);
        services.AddOptions<DataKeyOptions>().Bind(configuration);
        services.Configure<PasswordOptions>(options =>
        {
            if (configuration["ROOT_DOMAIN"] is { Length: > 0 } domain)
                options.ServiceNames = [.. options.ServiceNames, domain];
        });
        return services
            .AddSingleton<IAttributeToFactoryMapper<DurableStateAttribute>, DurableStateMapper>()
            .AddSingleton<SecurityLogger>()
            .AddSingleton<DataKeys>()
            .AddSingleton<SecretBox>()
            .AddSingleton<LinkTokens>()
            .AddSingleton<RecoveryCodeMaker>()
            .AddSingleton<AccountSecrets>()
            .AddSingleton<OutboxBell>()
            .AddSingleton<BreachedPasswords>()
            .AddSingleton<PasswordRules>()
            .AddSingleton<HashGate>()
            .AddSingleton<PasswordHasher>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
                provider.GetRequiredService<PasswordHasher>()
            );
    }

    private static IServiceCollection AddRules<TOptions, TValidator>(
        this IServiceCollection services,
        IConfiguration configuration
    )
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Bind(configuration).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}
