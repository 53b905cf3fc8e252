using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SessionAuth.Api.Passkeys;

/// <summary>What passkeys are made of. Of the framework's identity system, its handler of WebAuthn alone is used.</summary>
internal static class PasskeyRegistration
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services) =>
        services
            .AddSingleton<IConfigureOptions<IdentityPasskeyOptions>, PasskeyRules>()
            .AddSingleton<SealedChallenges>()
            .AddSingleton<PasskeyCeremonies>()
            .AddSingleton<PasskeyProofs>()
            .AddSingleton<NewPasskeys>();
}
