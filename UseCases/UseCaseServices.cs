using Microsoft.Extensions.DependencyInjection;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.UseCases;

/// <summary>Registers what a front end calls the grains through.</summary>
public static class UseCaseServices
{
    /// <summary>
    /// Adds the use cases and the throttling of attempts and emails. The host registers <see cref="UnknownEmailKeys"/>
    /// and a <see cref="ThrottleSwitch"/>.
    /// </summary>
    public static IServiceCollection AddSessionAuthUseCases(this IServiceCollection services) =>
        services
            .AddSingleton<HashLoadShedder>()
            .AddSingleton<AttemptThrottle>()
            .AddSingleton<MailThrottle>()
            .AddSingleton<ClientThrottle>()
            .AddSingleton<EmailClaim>()
            .AddSingleton<SignInUseCase>()
            .AddSingleton<RegistrationUseCase>()
            .AddSingleton<StepUpUseCase>()
            .AddSingleton<PasswordUseCase>()
            .AddSingleton<EmailUseCase>();
}
