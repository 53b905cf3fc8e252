using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Settings;

namespace SessionAuth.Api.Settings;

/// <summary>Reads the settings, checks them, and finds or makes the secrets, before anything else starts.</summary>
internal static class SettingsRegistration
{
    /// <param name="builder">The process.</param>
    /// <param name="embedded">Whether it makes secrets for itself where none are given; those of a cluster are shared.</param>
    /// <exception cref="SettingsException">A setting or a secret is not fit to start with.</exception>
    public static ApiSettings AddSettings(this WebApplicationBuilder builder, bool embedded)
    {
        ApiSettings settings = builder.Configuration.ReadSettings(embedded);
        builder.Services.AddSingleton(SecretRules.Read(settings));
        builder.Services.AddSingleton(Options.Create(settings));
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls)
            ListenAddresses.Check(urls);
        else
            builder.WebHost.UseUrls($"http://localhost:{settings.Port}");
        return settings;
    }

    /// <param name="configuration">The process's own.</param>
    /// <param name="embedded">Whether it makes secrets for itself where none are given.</param>
    /// <exception cref="SettingsException">A setting is not fit to start with.</exception>
    public static ApiSettings ReadSettings(this IConfigurationManager configuration, bool embedded)
    {
        ApiSettings settings = Read(configuration);
        ValidateOptionsResult validation = new ApiSettingsValidator().Validate(null, settings);
        if (validation.Failed)
            throw new SettingsException(validation.FailureMessage);
        if (Authority.TryDomain(settings.RootDomain, out string? domain))
            settings.RootDomain = domain;

        if (embedded)
        {
            EmbeddedSecrets.FillIn(settings);
            // The silo in this process reads its own settings.
            configuration["DATA_KEYS"] = settings.DataKeys;
        }

        return settings;
    }

    private static ApiSettings Read(IConfigurationManager configuration)
    {
        ApiSettings settings = new();
        try
        {
            configuration.Bind(settings);
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException(e.Message);
        }

        return settings;
    }
}
