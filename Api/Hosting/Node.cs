using SessionAuth.Api.Development;
using SessionAuth.Api.Health;
using SessionAuth.Api.Settings;
using SessionAuth.Hosting.Logging;
using SessionAuth.Mail;
using SessionAuth.Settings;
using SessionAuth.Silo;

namespace SessionAuth.Api.Hosting;

/// <summary>A node: the front end and the pages, with a silo in the same process unless there are silos elsewhere.</summary>
internal static class Node
{
    /// <param name="args">The command line.</param>
    /// <param name="configure">What a test puts in the place of the real: a clock, a log.</param>
    /// <exception cref="SettingsException">A setting or a secret is not fit to start with.</exception>
    public static WebApplication Build(
        string[] args,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        NodeLog.Add(builder);
        configure?.Invoke(builder);
        Deployment deployment = Deployment.Read(builder.Configuration);
        ApiSettings settings = builder.AddSettings(embedded: !deployment.IsCluster);
        builder.AddApi(settings);
        if (deployment.IsCluster)
            builder.Services.AddDraining(settings.DrainTime);
        else if (MailRegistration.HasDevelopmentMailbox(builder.Configuration))
            builder.Services.AddSingleton<MailboxPage>();
        builder.AddOrleans(deployment);
        if (!deployment.IsCluster)
            builder.AddEmbeddedMail();
        else if (!deployment.IsClient)
            builder.AddClusterMail();
        return builder.Build().UseApi();
    }
}
