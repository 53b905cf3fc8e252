using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Storage;
using SessionAuth.Providers;
using SessionAuth.Silo.Hosting;

namespace SessionAuth.Silo.Mail;

/// <summary>
/// Sends the mails of a silo's grains. Added after the silo, so that it stops before; a process that only runs a command
/// leaves the mails to others.
/// </summary>
public static class MailRegistration
{
    /// <summary>For the one silo of a process that runs everything: without a server they go into the development mailbox.</summary>
    public static IHostApplicationBuilder AddEmbeddedMail(this IHostApplicationBuilder builder) =>
        builder.AddMail(developmentMailbox: true);

    /// <summary>For a silo of a cluster: without a server they are not sent.</summary>
    /// <exception cref="SettingsException">There is a server, and nobody says where links lead.</exception>
    public static IHostApplicationBuilder AddClusterMail(this IHostApplicationBuilder builder)
    {
        // What one node listens on is no address for the people of all of them.
        if (
            MailServices.HasServer(builder.Configuration)
            && string.IsNullOrEmpty(builder.Configuration["PUBLIC_URL"])
        )
            throw new SettingsException(
                "SMTP_URL needs PUBLIC_URL in a cluster: the https:// address of the pages, which mailed links lead to."
            );
        return builder.AddMail(developmentMailbox: false);
    }

    /// <summary>Whether an embedded silo's mails go into the development mailbox, since no server for them is set.</summary>
    public static bool HasDevelopmentMailbox(IConfiguration configuration) =>
        !MailServices.HasServer(configuration);

    private static IHostApplicationBuilder AddMail(
        this IHostApplicationBuilder builder,
        bool developmentMailbox
    )
    {
        IServiceCollection services = builder.Services;
        // A front end in the same process has said it already.
        services.TryAddSingleton<IPublicAddress>(
            new ConfiguredAddress(builder.Configuration["PUBLIC_URL"])
        );
        services.AddSingleton<IDueUsers>(provider => new DueUsers(
            provider.GetRequiredKeyedService<IDueStates>(GrainStorageNames.Provider)
        ));
        services.AddSessionAuthMail(builder.Configuration, developmentMailbox);
        return builder;
    }
}
