using Microsoft.AspNetCore.Http.Features;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Security;
using SessionAuth.Api.Proxied.SignIn;
using SessionAuth.Api.Settings;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// Answers at the hosts of applications, whose proxies pass these paths on. Other requests go on: to the check of the host,
/// if it is that of no application.
/// </summary>
internal sealed class ApplicationHostCalls
{
    private readonly RequestDelegate _next;
    private readonly RequestChecks _checked;
    private readonly RegistryCopy _registry;
    private readonly Origins _origins;
    private readonly SignInStart _start;
    private readonly SignInCallback _callback;
    private readonly ApplicationSignOutCall _signOut;
    private readonly ApplicationUser _user;

    public ApplicationHostCalls(
        RequestDelegate next,
        RegistryCopy registry,
        Origins origins,
        SignInStart start,
        SignInCallback callback,
        ApplicationSignOutCall signOut,
        ApplicationUser user
    )
    {
        _next = next;
        _checked = new(Answer);
        (_registry, _origins) = (registry, origins);
        (_start, _callback, _signOut, _user) = (start, callback, signOut, user);
    }

    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool mayBe =
            request.Path.StartsWithSegments(ProxiedPaths.Prefix, StringComparison.Ordinal)
            && !_origins.AreAt(request);
        if (
            !mayBe
            || ProxiedPaths.AtHost(_registry.Current.Applications, request.Headers.Host.ToString())
                is not { } host
        )
            return _next(context);

        context.Features.Set(host);
        return _checked.InvokeAsync(context);
    }

    private Task Answer(HttpContext context)
    {
        ProxiedHost host = context.Features.GetRequiredFeature<ProxiedHost>();
        bool isPost = HttpMethods.IsPost(context.Request.Method);
        bool isGet =
            HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        switch (context.Request.Path.Value)
        {
            case ProxiedPaths.SignIn when isGet:
                _start.Begin(context, host);
                return Task.CompletedTask;
            case ProxiedPaths.Callback when isGet:
                return _callback.Answer(context, host);
            case ProxiedPaths.SignOut when isPost:
                return _signOut.Answer(context, host);
            case ProxiedPaths.User when isGet:
                return _user.Tell(context, host);
            case ProxiedPaths.Events when isGet:
                return _user.Stream(context, host);
            case ProxiedPaths.SignIn
            or ProxiedPaths.Callback
            or ProxiedPaths.SignOut
            or ProxiedPaths.User
            or ProxiedPaths.Events:
                return ApiProblems
                    .OfStatus(StatusCodes.Status405MethodNotAllowed)
                    .ExecuteAsync(context);
            default:
                return ApiProblems.OfStatus(StatusCodes.Status404NotFound).ExecuteAsync(context);
        }
    }
}
