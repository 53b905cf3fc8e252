using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Storage;
using SessionAuth.Mail.Development;
using SessionAuth.Mail.Sending;
using SessionAuth.Mail.Smtp;
using SessionAuth.Mail.Templates;
using SessionAuth.Providers;
using SessionAuth.Settings;

namespace SessionAuth.Mail;

/// <summary>
/// Registers the sending of emails from grains' outboxes. Add it after the silo, so that it stops before the silo does.
/// A process that only runs a command does not add it, and leaves the emails to the nodes.
/// </summary>
public static class MailRegistration
{
    /// <summary>
    /// For the single silo of an embedded node: without an SMTP server, emails go to the development mailbox.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    public static IHostApplicationBuilder AddEmbeddedMail(this IHostApplicationBuilder builder)
    {
        if (HasDevelopmentMailbox(builder.Configuration))
            builder.Services.AddSingleton<IMailTransport, DevelopmentMailbox>();
        return builder.AddMail(inCluster: false);
    }

    /// <summary>For a silo of a cluster: without an SMTP server, no email is sent.</summary>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    public static IHostApplicationBuilder AddClusterMail(this IHostApplicationBuilder builder) =>
        builder.AddMail(inCluster: true);

    /// <summary>
    /// Whether an embedded silo's emails go to the development mailbox, because no SMTP server is set.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    public static bool HasDevelopmentMailbox(IConfiguration configuration) =>
        !configuration.Read(new MailOptionsValidator(inCluster: false)).HasServer;

    private static IHostApplicationBuilder AddMail(
        this IHostApplicationBuilder builder,
        bool inCluster
    )
    {
        MailOptions options = builder.Configuration.Read(new MailOptionsValidator(inCluster));
        IServiceCollection services = builder.Services;
        services.AddSingleton(Options.Create(options));
        if (options.HasServer)
            services.AddSingleton<IMailTransport, SmtpTransport>();
        // A front end in the same process has registered its own, which also knows the listening URL.
        services.TryAddSingleton<IPublicOrigin, ConfiguredOrigin>();
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
