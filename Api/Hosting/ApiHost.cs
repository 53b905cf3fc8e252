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
using SessionAuth.Api.SecondFactors;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Settings;
using SessionAuth.Api.StepUp;
using SessionAuth.Api.Throttling;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Api.Hosting;

/// <summary>The HTTP front end: what it is made of, and the way of a request through it.</summary>
internal static class ApiHost
{
    public static WebApplicationBuilder AddApi(
        this WebApplicationBuilder builder,
        ApiSettings settings
    )
    {
        IServiceCollection services = builder.Services;
        builder.WebHost.ConfigureKestrel(RequestChecks.Limit);
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxies>()
            .AddSingleton<Origins>()
            .AddSingleton<IPublicAddress>(provider => provider.GetRequiredService<Origins>())
            .AddHttpCalls()
            .AddCookies()
            .AddThrottling()
            .AddSessions()
            .AddAccounts()
            .AddEmail()
            .AddPasswords()
            .AddSecondFactors()
            .AddStepUp()
            .AddPasskeys()
            .AddPages(settings)
            .AddHealth();
        ApiDocument.AddTo(services);
        return builder;
    }

    public static WebApplication UseApi(this WebApplication app)
    {
        ApiSettings settings = app.Services.GetRequiredService<IOptions<ApiSettings>>().Value;
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(EmptyAnswers.Fill);
        if (app.Services.GetService<MailboxPage>() is { } mailbox)
            app.Use(mailbox.Answer);
        app.UseMiddleware<HostCheck>();
        app.UseMiddleware<RequestChecks>();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<OriginCheck>();
        app.UseAuthentication();
        app.UseMiddleware<ShownUserCheck>();
        app.UseAuthorization();

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
        app.MapPages(settings);
        app.MapHealth();
        ApiDocument.Map(app);
        return app;
    }
}
