using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Security;
using SessionAuth.Api.Proxied.Checks;
using SessionAuth.Api.Proxied.SignIn;
using SessionAuth.Api.Settings;
using SessionAuth.OpenId.Tokens;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// Applications behind a proxy: the proxy's questions, and what nodes answer at the hosts of the applications. Both leave
/// the pipeline of the other calls, whose hosts, origins and cookies are not theirs.
/// </summary>
internal static class ProxiedFeature
{
    public static IServiceCollection AddProxiedApplications(this IServiceCollection services) =>
        services
            .AddSingleton<Profiles>()
            .AddSingleton<Assertions>()
            .AddSingleton<AccessTokens>()
            .AddSingleton<Credentials>()
            .AddSingleton<IdentityHeaders>()
            .AddSingleton<AuthzCheck>()
            .AddSingleton<AttemptCookies>()
            .AddSingleton<SignInStart>()
            .AddSingleton<SignInCallback>()
            .AddSingleton<ApplicationSignOutCall>()
            .AddSingleton<ApplicationUser>()
            .AddJson(ProxiedJson.Default);

    /// <summary>Answers proxies. First of all: whether it is one, the address of the connection says.</summary>
    public static void UseProxyQuestions(this WebApplication app)
    {
        AuthzCheck check = app.Services.GetRequiredService<AuthzCheck>();
        ProxyQuestions questions = new(
            app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value,
            app.Services.GetRequiredService<Origins>()
        );
        app.MapWhen(
            questions.IsOne,
            branch =>
            {
                branch.Use(app.Services.GetRequiredService<SecurityHeaders>().Invoke);
                branch.UseExceptionHandler(_ => { });
                branch.Run(context => check.Answer(context, ProxyQuestions.Dialect(context)));
            }
        );
    }

    /// <summary>Answers at the hosts of applications, once the client's address is known.</summary>
    public static void UseApplicationHosts(this WebApplication app) =>
        app.UseMiddleware<ApplicationHostCalls>();
}
