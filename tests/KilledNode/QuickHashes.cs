using Microsoft.Extensions.Options;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.KilledNode;

/// <summary>
/// Password hashes that take microseconds, for nodes whose tests are not about hashing: most sign users in many times.
/// </summary>
/// <remarks>
/// No setting can do this. The settings are read and validated as always; only what the hasher then reads is lowered.
/// </remarks>
public static class QuickHashes
{
    // The least that the library accepts.
    private const int MemoryKib = 8;
    private const int Iterations = 1;

    /// <summary>Adds the options with these parameters; what else they say stays.</summary>
    public static IServiceCollection AddQuickHashes(this IServiceCollection services) =>
        services.AddSingleton(provider =>
        {
            PasswordOptions options = provider
                .GetRequiredService<IOptionsFactory<PasswordOptions>>()
                .Create(Options.DefaultName);
            options.MemoryKib = MemoryKib;
            options.Iterations = Iterations;
            return Options.Create(options);
        });
}
