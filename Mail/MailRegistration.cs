using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Storage;
using SessionAuth.Mail.Development;
using SessionAuth.Mail.Sending;
using SessionAuth.Mail.Smtp;
using SessionAuth.Mail.Templates;
using SessionAuth.Providers;
using SessionAuth.Settings;

namespace SessionAuth.Mail;

/// <summary>
/// Sends the emails that a silo's grains ask for. Add it after the silo, so that it stops before the silo does. A process
/// that only runs a command does not add it and leaves the emails to the nodes.
/// </summary>
public static class MailRegistration
{
    /// <summary>For the single silo of an embedded node: without an SMTP server, emails go to the development mailbox.</summary>
    public static IHostApplicationBuilder AddEmbeddedMail(this IHostApplicationBuilder builder)
    {
        if (HasDevelopmentMailbox(builder.Configuration))
            builder.Services.AddSingleton<IMailTransport, DevelopmentMailbox>();
        return builder.AddMail();
    }

    /// <summary>For a silo of a cluster: without an SMTP server, no email is sent.</summary>
    /// <exception cref="SettingsException">There is a server, and no setting says where links lead.</exception>
    public static IHostApplicationBuilder AddClusterMail(this IHostApplicationBuilder builder)
    {
        // The address that one node listens on is not where the users of all nodes find the pages.
        if (
            HasServer(builder.Configuration)
            && string.IsNullOrEmpty(builder.Configuration["PUBLIC_URL"])
        )
            throw new SettingsException(
                "SMTP_URL needs PUBLIC_URL in a cluster: the https:// address of the pages, which mailed links lead to."
            );
        return builder.AddMail();
    }

    /// <summary>Whether an embedded silo's emails go to the development mailbox, because no SMTP server is set.</summary>
    public static bool HasDevelopmentMailbox(IConfiguration configuration) =>
        !HasServer(configuration);

    private static bool HasServer(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["SMTP_URL"]);

    private static IHostApplicationBuilder AddMail(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services
            .AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>()
            .AddOptions<MailOptions>()
            .Bind(builder.Configuration)
            .ValidateOnStart();
        if (HasServer(builder.Configuration))
            services.AddSingleton<IMailTransport, SmtpTransport>();
        // A front end in the same process has registered its own, which also knows what the process listens on.
        services.TryAddSingleton<IPublicAddress>(
            new ConfiguredAddress(builder.Configuration["PUBLIC_URL"])
        );
        services.AddMetrics();
        services
            .AddSingleton<IDueUsers>(provider => new DueUsers(
                provider.GetRequiredKeyedService<IScheduledWork>(GrainStorageNames.Provider)
            ))
            .AddSingleton<MailMetrics>()
            .AddSingleton<EmailRenderer>()
            .AddSingleton<MailDelivery>()
            .AddHostedService<MailDispatcher>();
        return builder;
    }
}
