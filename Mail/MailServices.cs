using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SessionAuth.Grains.Mail;

/// <summary>What sends mails, beside the grains that ask for them.</summary>
public static class MailServices
{
    /// <summary>Whether a server is set that mails go to.</summary>
    public static bool HasServer(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["SMTP_URL"]);

    /// <summary>
    /// Sends the mails of the grains in this process: by the server that is set, or else into the development mailbox, or
    /// nowhere. The host provides an <see cref="IDueUsers"/> and an <see cref="Interfaces.Mail.IPublicAddress"/>.
    /// </summary>
    /// <param name="services">The silo's services; called after the silo is added, so that it stops later.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="developmentMailbox">Whether mails go into the development mailbox where no server is set.</param>
    public static IServiceCollection AddSessionAuthMail(
        this IServiceCollection services,
        IConfiguration configuration,
        bool developmentMailbox
    )
    {
        services.AddMetrics();
        if (HasServer(configuration))
            services.AddSingleton<IMailTransport, SmtpTransport>();
        else if (developmentMailbox)
            services.AddSingleton<IMailTransport, DevelopmentMailbox>();
        return services
            .AddSingleton<MailMetrics>()
            .AddSingleton<MailLetters>()
            .AddSingleton<MailDelivery>()
            .AddHostedService<MailDispatcher>();
    }
}
