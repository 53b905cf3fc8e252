using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Development;
using SessionAuth.Api.Email;
using SessionAuth.Api.Health;
using SessionAuth.Api.Http;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Security;
using SessionAuth.Api.Pages;
using SessionAuth.Api.Passkeys;
using SessionAuth.Api.Passwords;
using SessionAuth.Api.Provider;
using SessionAuth.Api.Proxied;
using SessionAuth.Api.SecondFactors;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Settings;
using SessionAuth.Api.StepUp;
using SessionAuth.Checks;
using SessionAuth.Hosting.Logging;
using SessionAuth.Mail;
using SessionAuth.Mail.Templates;
using SessionAuth.OpenId.Hosting;
using SessionAuth.Registry;
using SessionAuth.Settings;
using SessionAuth.Settings.Origins;
using SessionAuth.Settings.Secrets;
using SessionAuth.Silo;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Hosting;

/// <summary>
/// A node: the front end and the pages, with a silo in the same process unless silos run elsewhere. Each feature
/// registers and maps itself.
/// </summary>
internal static class Node
{
    /// <summary>Runs the node until the process is stopped.</summary>
    public static async Task Run(string[] args)
    {
        await using WebApplication node = Build(args);
        try
        {
            await node.StartAsync();
        }
        catch (OperationCanceledException)
            when (node.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The process was stopped while it was waiting for the database.
            return;
        }
        node.ReportReady();
        await node.WaitForShutdownAsync();
    }

    /// <param name="args">The command-line arguments.</param>
    /// <param name="configure">Replaces services in tests, such as the clock or the log; null in production.</param>
    /// <exception cref="SettingsException">A setting or a secret is invalid.</exception>
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
        builder.AddFrontEnd(settings);
        if (deployment.IsCluster)
            builder.Services.AddDraining(settings.DrainTime);
        else if (MailRegistration.HasDevelopmentMailbox(builder.Configuration))
            builder.Services.AddSingleton<MailboxPage>();
        builder.AddOrleans(deployment);
        builder.Services.AddChecks(builder.Configuration).AddRegistry(builder.Configuration);
        if (!deployment.IsCluster)
            builder.AddEmbeddedMail();
        else if (!deployment.IsClient)
            builder.AddClusterMail();

        WebApplication app = builder.Build();
        app.UseFrontEnd();
        app.MapFrontEnd(settings);
        return app;
    }

    private static void AddFrontEnd(this WebApplicationBuilder builder, ApiSettings settings)
    {
        IServiceCollection services = builder.Services;
        builder.WebHost.ConfigureKestrel(RequestChecks.Limit);
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxies>()
            .AddSingleton<Origins>()
            .AddSingleton<IPublicOrigin>(provider => provider.GetRequiredService<Origins>())
            .AddHttpCalls()
            .AddCookies()
            .AddSessionAuthUseCases()
            .AddSingleton(provider => new UnknownEmailKeys(
                new KeyRing(
                    provider.GetRequiredService<SecretSettings>().Cookies,
                    "unknown email"
                ).Newest
            ))
            .AddSingleton(new ThrottleSwitch(settings.SignInThrottle == Toggle.Off))
            .AddSessions()
            .AddAccounts()
            .AddEmail()
            .AddPasswords()
            .AddSecondFactors()
            .AddStepUp()
            .AddPasskeys()
            .AddProvider()
            .AddProxiedApplications()
            .AddPages(settings)
            .AddHealth();
        ApiDocument.AddTo(services);
    }

    // The middleware pipeline, outermost first.
    private static void UseFrontEnd(this WebApplication app)
    {
        app.UseProxyQuestions();
        TrustedProxies.Use(app);
        app.Use(app.Services.GetRequiredService<SecurityHeaders>().Invoke);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(EmptyErrorResponses.Fill);
        if (app.Services.GetService<MailboxPage>() is { } mailbox)
            app.Use(mailbox.Answer);
        app.UseApplicationHosts();
        app.UseMiddleware<HostCheck>();
        app.UseMiddleware<RequestChecks>();
        app.UseRouting();
        // Without an Origin, no header of CORS is set.
        app.UseWhen(
            context => context.Request.Headers.Origin.Count > 0,
            crossOrigin => crossOrigin.UseCors()
        );
        app.UseMiddleware<OriginCheck>();
        SessionCheck.Use(app);
        app.UseOpenId();
        app.UseAuthentication();
        app.UseMiddleware<SessionUserCheck>();
        app.UseAuthorization();
    }

    private static void MapFrontEnd(this WebApplication app, ApiSettings settings)
    {
        RouteGroupBuilder api = app.MapGroup("")
            .WithMetadata(ApiCall.Mark)
            .DocumentsSharedProblems();
        if (settings.HasApiHost(out _, out Origin? host))
            api.RequireHost(host.RoutedHost());
        api.MapAccounts();
        api.MapEmail();
        api.MapPasswords();
        api.MapStepUp();
        api.MapSecondFactors();
        api.MapPasskeys();
        api.MapSessions();
        app.MapProvider(settings);
        app.MapPages(settings);
        app.MapHealth();
        ApiDocument.Map(app);
    }
}
