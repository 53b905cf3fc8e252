using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains;

/// <summary>What the grains need from the silo that hosts them.</summary>
public static class GrainServices
{
    /// <summary>Adds the password hasher and its gate. Options and the clock are the host's to configure.</summary>
    public static IServiceCollection AddSessionAuthGrains(this IServiceCollection services) =>
        services.AddSingleton<HashGate>().AddSingleton<PasswordHasher>();
}
