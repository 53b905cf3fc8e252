using Microsoft.AspNetCore.Http.Extensions;
using SessionAuth.Api.Settings;
using SessionAuth.Domain.Applications.Proxied;
using SessionAuth.OpenId.Hosting;

namespace SessionAuth.Api.Proxied.SignIn;

/// <summary>
/// <c>GET /.sessionauth/sign-in</c> at an application's host: sends the browser to the authorization endpoint. It begins at
/// the application's host, because proxies do not pass on cookies of the answers to their questions.
/// </summary>
internal sealed class SignInStart(AttemptCookies attempts, Origins origins)
{
    /// <summary>Begins the sign-in that the request asks for.</summary>
    public void Begin(HttpContext context, ProxiedHost host) =>
        Begin(context, host, context.Request.Query["return"], isSecond: false);

    /// <summary>Begins a sign-in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="host">The application.</param>
    /// <param name="path">The path that it returns to.</param>
    /// <param name="isSecond">Whether an attempt just failed.</param>
    public void Begin(HttpContext context, ProxiedHost host, string? path, bool isSecond)
    {
        SignInAttempt attempt = SignInAttempt.Begin(ProxiedRequest.ReturnPath(path), isSecond);
        attempts.Keep(context, host.Origin, attempt);
        QueryBuilder query = new()
        {
            { "client_id", host.Application.Id.Value },
            { "redirect_uri", host.Origin + ProxiedPaths.Callback },
            { "response_type", "code" },
            { "scope", "openid session" },
            { "state", attempt.State },
            { "code_challenge", attempt.Challenge },
            { "code_challenge_method", "S256" },
        };
        if (SignedOutCookie.IsSet(context.Request, host.Origin))
            query.Add("prompt", "login");
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location =
            $"{origins.Api.Value}{OpenIdPaths.Authorize}{query.ToQueryString()}";
    }
}
