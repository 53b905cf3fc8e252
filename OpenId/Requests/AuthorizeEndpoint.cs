using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces;
using SessionAuth.OpenId.Applications;
using SessionAuth.OpenId.Browsers;
using SessionAuth.OpenId.Grants;
using SessionAuth.OpenId.Tokens;
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
            await Refuse(context, Errors.LoginRequired, "Another user is signed in.");
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
        else if (NeedsConfirmation(context, request, application, browser))
            await Confirm(context, request, application, browser);
        else
            await Issue(context, request, application, session);
    }

    // Any program on the user's device may have sent the browser, and get the answer (RFC 8252 §8.6).
    private static bool NeedsConfirmation(
        HttpContext context,
        OpenIddictRequest request,
        Application application,
        FoundBrowserSession.SignedIn browser
    ) =>
        application.Kind == ApplicationKind.Public
        && RedirectAddresses.MayBeAnyProgram(request.RedirectUri!)
        && context.Features.Get<NavigationRequest>()?.ConfirmedIn != browser.Session;

    // The link is sealed and good for this session alone: no program can make it, or read it from the page.
    private async Task Confirm(
        HttpContext context,
        OpenIddictRequest request,
        Application application,
        FoundBrowserSession.SignedIn browser
    )
    {
        NavigationRequest confirmed = NavigationRequest.Of(
            RequestedAt(context),
            context.Request.Query
        ) with
        {
            ConfirmedIn = browser.Session,
        };
        if (request.HasPromptValue(PromptValues.None))
            await Refuse(context, Errors.InteractionRequired, "The user has to be asked.");
        else if (requests.Seal(context.Request.Path, confirmed) is { } sealedRequest)
            await notices.Write(
                context,
                Notices.Confirm(
                    application.Name,
                    context.Request.Path + QueryString.Create(Navigations.Resume, sealedRequest)
                )
            );
        else
            await Refuse(context, Errors.InvalidRequest, "The request is too long.");
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
            RequestedAt(context),
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
            await Refuse(context, errorWithoutPrompt, "The user has to be asked.");
        else if (
            requests.Seal(
                context.Request.Path,
                NavigationRequest.Of(RequestedAt(context), context.Request.Query)
            ) is
            { } sealedRequest
        )
            context.Response.SeeOther(page(sealedRequest));
        else
            await Refuse(context, Errors.InvalidRequest, "The request is too long.");
    }

    private static Task Refuse(HttpContext context, string error, string description) =>
        context.ForbidAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
            new(
                new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
                }
            )
        );

    private Task Issue(
        HttpContext context,
        OpenIddictRequest request,
        Application application,
        SessionSnapshot session
    )
    {
        string[] scopes = [.. request.GetScopes().Intersect(application.Scopes)];
        AuthorizationCode code = new()
        {
            Id = GrantId.New(),
            Session = session.Id,
            User = session.User,
            Application = application.Id,
            RedirectHash = AuthorizationCode.HashOf(request.RedirectUri!),
            Challenge = request.CodeChallenge ?? "",
            Nonce = request.Nonce ?? "",
            Scopes = scopes,
            AuthenticatedAt = session.AuthenticatedAt,
            AuthenticationMethods = session.Proof.Methods,
            ExpiresAt = clock.GetUtcNow() + SessionGrants.LongestCode,
        };
        context.Features.Get<OpenIddictServerAspNetCoreFeature>()!.Transaction!.Keep(code);
        ClaimsPrincipal principal = new(
            new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
        );
        principal.SetClaim(Claims.Subject, session.User.Value).SetScopes(scopes);
        return context.SignInAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
            principal
        );
    }

    private DateTimeOffset RequestedAt(HttpContext context) =>
        context.Features.Get<NavigationRequest>()?.At ?? clock.GetUtcNow();
}
