using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Development;
using SessionAuth.Api.Factors;
using SessionAuth.Api.Health;
using SessionAuth.Api.Pages;
using SessionAuth.Api.Passkeys;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Throttling;
using SessionAuth.Api.Tokens;
using SessionAuth.Grains.Interfaces.Mail;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

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
        services.AddRouting();
        services
            .AddSingleton<IConfigureOptions<JsonOptions>, StrictJson>()
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
            .AddExceptionHandler<ExceptionAnswers>();
        ApiDocument.AddTo(services);
        services
            .AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxies>()
            .AddSingleton<ICorsPolicyProvider, UiCors>()
            .AddCors()
            .AddAuthorization();
        // AddAuthentication would bring keys for data protection along, which nothing here uses.
        services
            .AddWebEncoders()
            .AddAuthenticationCore(options =>
            {
                options.DefaultScheme = SessionAuthenticationHandler.Name;
                options.AddScheme<SessionAuthenticationHandler>(
                    SessionAuthenticationHandler.Name,
                    displayName: null
                );
            });
        services.AddTransient<SessionAuthenticationHandler>();
        services.AddPages(settings);
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddSingleton<Origins>()
            .AddSingleton<IPublicAddress>(provider => provider.GetRequiredService<Origins>())
            .AddSingleton<TokenKinds>()
            .AddSingleton<TokenIssuer>()
            .AddSingleton<TokenReader>()
            .AddSingleton<SignedCookies>()
            .AddSingleton<SessionCookies>()
            .AddSingleton<TokenRefresh>()
            .AddSingleton<LoginCookie>()
            .AddSingleton<DeviceCookie>()
            .AddSingleton<SecurityLog>()
            .AddSingleton<Registering>()
            .AddSingleton<SigningIn>()
            .AddSingleton<SignedInBrowser>()
            .AddSingleton<GuessGuard>()
            .AddSingleton<NobodyKeys>()
            .AddSingleton<HashDoor>()
            .AddSingleton<StepUpProofs>()
            .AddSingleton<EventStream>()
            .AddPasskeys()
            .AddHealth();
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
            .ProducesSharedProblems();
        if (settings.HasApiHost(out _, out Origin? host))
            api.RequireHost(host.RoutedHost());
        RouteGroupBuilder accounts = api.MapGroup("").WithTags("Accounts");
        accounts.MapAccounts();
        accounts.MapAddress();
        accounts.MapPasswords();
        accounts.MapData();
        RouteGroupBuilder factors = api.MapGroup("").WithTags("Factors");
        factors.MapProofs();
        factors.MapFactors();
        RouteGroupBuilder passkeys = api.MapGroup("").WithTags("Passkeys");
        passkeys.MapPasskeyLogin();
        passkeys.MapPasskeys();
        RouteGroupBuilder sessions = api.MapGroup("").WithTags("Sessions");
        sessions.MapSessions();
        EventStream.Map(sessions);
        app.MapPages(settings);
        app.MapHealth();
        ApiDocument.Map(app);
        return app;
    }
}
