using SessionAuth.Checks;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Proxied.SignIn;

/// <summary>
/// <c>POST /.sessionauth/sign-out</c> at an application's host: ends the session, or the application's access to it, as the
/// application is registered.
/// </summary>
internal sealed class ApplicationSignOutCall(
    Credentials credentials,
    SessionChecks checks,
    IGrainFactory grains
)
{
    /// <summary>Answers the application's page.</summary>
    public async Task Answer(HttpContext context, ProxiedHost host)
    {
        if (context.Request.Headers.Origin is not [{ } origin] || origin != host.Origin)
        {
            await ProxiedProblems.ForeignOrigin.ExecuteAsync(context);
            return;
        }

        ApplicationCredential? credential = await credentials.Find(
            context.Request,
            host.Application,
            host.Origin
        );
        GrantStanding? standing = credential is null
            ? null
            : await checks.CheckGrant(credential.Grant);
        if (standing is not null)
            await End(host.Application.SignOut, credential!.Grant, standing);
        ApplicationCookie.Clear(context.Response, host.Origin);
        switch (host.Application.SignOut)
        {
            case ApplicationSignOut.Session:
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = host.Origin + "/";
                break;
            case ApplicationSignOut.Application:
                SignedOutCookie.Set(context.Response, host.Origin);
                await WriteSignedOut(context, host);
                break;
        }
    }

    private Task<bool> End(ApplicationSignOut what, CheckedGrant grant, GrantStanding standing) =>
        what switch
        {
            ApplicationSignOut.Session => grains
                .Session(grant.Session)
                .Revoke(SessionEndReason.SignedOut, standing.User),
            ApplicationSignOut.Application => grains
                .Session(grant.Session)
                .EndGrant(grant.Grant, grant.Application),
        };

    private static Task WriteSignedOut(HttpContext context, ProxiedHost host) =>
        UiPages.Write(
            context,
            new StandalonePage(
                "You are signed out",
                $"You are signed out of {host.Application.Name} in this browser.",
                ProxiedPaths.SignInAt(host.Origin, "/"),
                "Sign in again"
            )
        );
}
