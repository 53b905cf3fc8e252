using SessionAuth.Checks;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Applications.Proxied;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Registry.Copies;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Proxied.Checks;

/// <summary>
/// <c>/authz/forward-auth</c> and <c>/authz/auth-request</c>: whether a request to a proxied application may pass, and who
/// makes it. Answers from memory while leases stand, as <c>GET /test</c> does. Anything that is not understood is refused.
/// </summary>
internal sealed class AuthzCheck(
    RegistryCopy registry,
    Credentials credentials,
    SessionChecks checks,
    Profiles profiles,
    IdentityHeaders identity
)
{
    private const string SignInHeader = "X-SessionAuth-Sign-In";

    /// <summary>Answers the question of a proxy.</summary>
    public async Task Answer(HttpContext context, AuthzDialect dialect)
    {
        if (!AskedRequest.TryRead(context.Request.Headers, dialect, out ProxiedRequest? request))
        {
            await ProxiedProblems.NotForwarded.ExecuteAsync(context);
            return;
        }

        if (registry.Current.Applications.AtOrigin(request.Origin) is not { } application)
        {
            await ProxiedProblems.UnknownApplication.ExecuteAsync(context);
            return;
        }

        if (request.Kind == ProxiedRequestKind.Preflight && application.PassesPreflights)
        {
            IdentityHeaders.SetNone(context.Response.Headers);
            return;
        }

        if (!await Passes(context, application, request.Origin))
            await Refuse(context, dialect, request);
    }

    private async ValueTask<bool> Passes(
        HttpContext context,
        Application application,
        string origin
    )
    {
        if (await credentials.Find(context.Request, application, origin) is not { } credential)
            return false;
        if (await checks.CheckGrant(credential.Grant) is not { } standing)
            return false;
        if (application.RequiresSecondFactor && !HasSecondFactor(standing))
            return false;

        identity.Set(
            context.Response.Headers,
            application,
            origin,
            credential,
            standing,
            await profiles.Of(standing.User)
        );
        return true;
    }

    private static bool HasSecondFactor(GrantStanding standing) =>
        StepUpPolicy.IsTwoFactor(standing.AuthenticationMethods);

    private static Task Refuse(HttpContext context, AuthzDialect dialect, ProxiedRequest request)
    {
        string signIn = ProxiedPaths.SignInAt(request.Origin, request.Return);
        return request.Kind switch
        {
            ProxiedRequestKind.Document => SendToSignIn(context, dialect, request, signIn),
            ProxiedRequestKind.Frame => ShowInFrame(context, request.Origin),
            ProxiedRequestKind.Preflight or ProxiedRequestKind.Other => ProxiedProblems
                .NotSignedIn(signIn)
                .ExecuteAsync(context),
        };
    }

    private static Task SendToSignIn(
        HttpContext context,
        AuthzDialect dialect,
        ProxiedRequest request,
        string signIn
    )
    {
        switch (dialect)
        {
            case AuthzDialect.ForwardAuth:
                // 302 for a method that may be repeated, so that HEAD stays HEAD.
                context.Response.StatusCode = request.IsSafe
                    ? StatusCodes.Status302Found
                    : StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = signIn;
                return Task.CompletedTask;
            case AuthzDialect.AuthRequest:
                context.Response.Headers[SignInHeader] = signIn;
                return ProxiedProblems.NotSignedIn(signIn).ExecuteAsync(context);
        }
        throw new System.Diagnostics.UnreachableException();
    }

    private static Task ShowInFrame(HttpContext context, string origin)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return UiPages.Write(
            context,
            new StandalonePage(
                "You are signed out",
                "Your session has ended. Sign in again to see this part of the page.",
                ProxiedPaths.SignInAt(origin, "/"),
                "Sign in"
            ),
            isFramed: true
        );
    }
}
