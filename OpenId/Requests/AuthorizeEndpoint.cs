using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.OpenId.Browsers;
using SessionAuth.Registry.Copies;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SessionAuth.OpenId.Requests;

/// <summary>
/// <c>GET /oauth/authorize</c>: hands the browser's session to an application, once it is there and its authentication is
/// what the request asks for. Applications are the operator's own: nobody is asked for consent.
/// </summary>
internal sealed class AuthorizeEndpoint(
    RegistryCopy registry,
    IBrowserSessions browsers,
    IGrainFactory grains,
    SealedRequests requests,
    PageAddresses pages,
    INoticePages notices,
    DeviceConfirmation confirmation,
    CodeIssue issue,
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

        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        Application application = registry.Current.Applications.Find(
            ClientId.Parse(request.ClientId!)
        )!;
        FoundBrowserSession found = await browsers.Find(context);
        await found.Match(
            signedIn => Answer(context, request, application, signedIn),
            notSignedIn =>
                Ask(
                    context,
                    request,
                    Errors.LoginRequired,
                    sealedRequest => pages.SignIn(sealedRequest, request.LoginHint)
                ),
            superseded => notices.Write(context, Notices.TryAgain(context))
        );
    }

    private async Task Answer(
        HttpContext context,
        OpenIddictRequest request,
        Application application,
        FoundBrowserSession.SignedIn browser
    )
    {
        SessionSnapshot? session = await grains.Session(browser.Session).Describe();
        if (session is not { EndedAt: null })
            await notices.Write(context, Notices.TryAgain(context));
        else if (await HintsAtAnother(context, browser))
            await context.Refuse(Errors.LoginRequired, "Another user is signed in.");
        else if (session.Proof.Restricted)
            await Ask(context, request, Errors.InteractionRequired, pages.AddSecondFactor);
        else if (
            Demand(context, request, application) is var demand
            && !demand.IsMetBy(session, clock.GetUtcNow())
        )
            await Ask(
                context,
                request,
                Errors.InteractionRequired,
                demand.NeedsSecondFactor && !await HasSecondFactor(browser.User)
                    ? pages.AddSecondFactor
                    : pages.StepUp
            );
        else if (DeviceConfirmation.IsNeeded(context, request, application, browser.Session))
            await confirmation.Ask(context, request, application, browser.Session);
        else
            await issue.Answer(context, request, application, session);
    }

    private async Task<bool> HasSecondFactor(UserId user) =>
        await grains.User(user).Profile() is { Factors.Count: > 0 };

    private ProofDemand Demand(
        HttpContext context,
        OpenIddictRequest request,
        Application application
    ) =>
        ProofDemand.Of(
            application,
            context.RequestedAt(clock),
            request.HasPromptValue(PromptValues.Login),
            request.MaxAge,
            request.GetAcrValues()
        );

    // The user whom the application expects (id_token_hint). The library has checked that the token is the application's.
    private static async Task<bool> HintsAtAnother(
        HttpContext context,
        FoundBrowserSession.SignedIn browser
    )
    {
        AuthenticateResult hint = await context.AuthenticateAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme
        );
        return hint.Principal?.GetClaim(Claims.Subject) is { } subject
            && subject != browser.User.Value;
    }

    private async Task Ask(
        HttpContext context,
        OpenIddictRequest request,
        string errorWithoutPrompt,
        Func<string, string> page
    )
    {
        if (request.HasPromptValue(PromptValues.None))
            await context.Refuse(errorWithoutPrompt, "The user has to be asked.");
        else if (
            requests.Seal(
                context.Request.Path,
                NavigationRequest.Of(context.RequestedAt(clock), context.Request.Query)
            ) is
            { } sealedRequest
        )
            context.Response.SeeOther(page(sealedRequest));
        else
            await context.Refuse(Errors.InvalidRequest, "The request is too long.");
    }
}
