using Microsoft.Extensions.Options;
using SessionAuth.Settings;
using SessionAuth.Settings.Origins;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Settings;

/// <summary>Reads and validates the front end's settings and secrets before anything else starts.</summary>
internal static class SettingsRegistration
{
    /// <param name="builder">The application builder.</param>
    /// <param name="embedded">Whether to generate missing secrets. A cluster's nodes share theirs.</param>
    /// <exception cref="SettingsException">A setting or a secret is invalid.</exception>
    /// <exception cref="OptionsValidationException">A setting or a secret is invalid.</exception>
    public static ApiSettings AddSettings(this WebApplicationBuilder builder, bool embedded)
    {
        ApiSettings settings = builder.Configuration.Read(new ApiSettingsValidator());
        if (Authority.TryDomain(settings.RootDomain, out string? domain))
            settings.RootDomain = domain;
        if (embedded)
            builder.Configuration.AddKeptSecrets();
        builder
            .Services.AddSingleton(Options.Create(settings))
            .AddSingleton(builder.Configuration.Read(new SecretSettingsValidator()));
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls)
            ListenUrls.Check(urls);
        else
            builder.WebHost.UseUrls($"http://localhost:{settings.Port}");
        return settings;
    }
}
