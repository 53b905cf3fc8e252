using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.OpenId.Browsers;
using SessionAuth.OpenId.Tokens;
using SessionAuth.Registry.Copies;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SessionAuth.OpenId.Requests;

/// <summary>
/// <c>GET /oauth/logout</c>: an application signs the user out (OpenID Connect RP-Initiated Logout). At once with an identity
/// token of this very session; otherwise a page asks, so that no other site can sign anybody out.
/// </summary>
internal sealed class LogoutEndpoint(
    RegistryCopy registry,
    IBrowserSessions browsers,
    IGrainFactory grains,
    SealedRequests requests,
    PageAddresses pages,
    INoticePages notices,
    TimeProvider clock
)
{
    /// <summary>Answers a request that the library has checked.</summary>
    public async Task Answer(HttpContext context)
    {
        if (context.GetOpenIddictServerResponse() is { Error: { Length: > 0 } error } response)
        {
            await notices.Write(context, Notices.Refused(error, response.ErrorDescription));
            return;
        }

        FoundBrowserSession found = await browsers.Find(context);
        await found.Match(
            signedIn => SignOut(context, signedIn),
            notSignedIn => Return(context),
            superseded => notices.Write(context, Notices.TryAgain(context))
        );
    }

    private async Task SignOut(HttpContext context, FoundBrowserSession.SignedIn browser)
    {
        AuthenticateResult hint = await context.AuthenticateAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme
        );
        if (hint.Principal?.GetClaim(TokenClaims.Session) != browser.Session.Value)
        {
            await Ask(context);
            return;
        }

        if (ApplicationAlone(hint.Principal!) is { } application)
        {
            await grains.Session(browser.Session).EndGrantsOf(browser.User, application);
        }
        else
        {
            await grains.Session(browser.Session).Revoke(SessionEndReason.SignedOut, browser.User);
            browsers.SignOut(context);
        }

        await Return(context);
    }

    // The application of an identity token, if signing out there ends nothing else.
    private ClientId? ApplicationAlone(System.Security.Claims.ClaimsPrincipal hint) =>
        ClientId.TryParse(hint.GetClaim(Claims.AuthorizedParty), out ClientId id)
        && registry.Current.Applications.Find(id) is { SignOut: ApplicationSignOut.Application }
            ? id
            : null;

    private async Task Ask(HttpContext context)
    {
        string? sealedRequest = requests.Seal(
            context.Request.Path,
            NavigationRequest.Of(clock.GetUtcNow(), context.Request.Query)
        );
        if (sealedRequest is null)
            await notices.Write(context, Notices.TooLong);
        else
            context.Response.SeeOther(pages.SignOut(sealedRequest));
    }

    // To the application's address, which the library has compared; without one, to the sign-in page.
    private Task Return(HttpContext context) =>
        context.SignOutAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
            new() { RedirectUri = pages.SignedOut }
        );
}
