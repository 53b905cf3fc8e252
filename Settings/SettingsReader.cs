using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SessionAuth.Settings;

/// <summary>
/// Reads settings as options, which are bound by the names in <see cref="ConfigurationKeyNameAttribute"/> and validated
/// at the start.
/// </summary>
public static class SettingsReader
{
    /// <summary>Adds options for services. The process does not start when the validator refuses them.</summary>
    /// <typeparam name="TSettings">The options class.</typeparam>
    /// <typeparam name="TValidator">The validator of the options.</typeparam>
    /// <param name="services">The services of the process.</param>
    /// <param name="configuration">The settings by name.</param>
    public static IServiceCollection AddSettings<TSettings, TValidator>(
        this IServiceCollection services,
        IConfiguration configuration
    )
        where TSettings : class
        where TValidator : class, IValidateOptions<TSettings>
    {
        services
            .AddSingleton<IValidateOptions<TSettings>, TValidator>()
            .AddOptions<TSettings>()
            .Configure(settings => SettingsBinder.Bind(configuration, settings))
            .ValidateOnStart();
        return services;
    }

    /// <summary>
    /// Reads and validates the few options that decide which services are registered. Options that services need as
    /// well are also added for them by the caller.
    /// </summary>
    /// <typeparam name="TSettings">The options class.</typeparam>
    /// <param name="configuration">The settings by name.</param>
    /// <param name="validator">The validator; null when any value of the right type is valid.</param>
    /// <exception cref="SettingsException">A setting has the wrong type.</exception>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    public static TSettings Read<TSettings>(
        this IConfiguration configuration,
        IValidateOptions<TSettings>? validator = null
    )
        where TSettings : class, new()
    {
        TSettings settings = new();
        SettingsBinder.Bind(configuration, settings);
        ValidateOptionsResult? validation = validator?.Validate(Options.DefaultName, settings);
        return validation is { Failed: true }
            ? throw new OptionsValidationException(
                Options.DefaultName,
                typeof(TSettings),
                validation.Failures
            )
            : settings;
    }
}
