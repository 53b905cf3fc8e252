using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.OpenId.Applications;
using SessionAuth.OpenId.Browsers;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SessionAuth.OpenId.Requests;

/// <summary>
/// Asks before a program on the user's device gets a code: any program may have sent the browser, and receive the answer
/// (RFC 8252 §8.6).
/// </summary>
/// <remarks>
/// The link to go on is sealed, and good for the session alone that the page is shown to: no program can make it, or read
/// it from the page.
/// </remarks>
internal sealed class DeviceConfirmation(
    SealedRequests requests,
    INoticePages notices,
    TimeProvider clock
)
{
    /// <summary>Whether the user of this session has not confirmed the request yet.</summary>
    public static bool IsNeeded(
        HttpContext context,
        OpenIddictRequest request,
        Application application,
        SessionId session
    ) =>
        application.Kind == ApplicationKind.Public
        && RedirectAddresses.MayBeAnyProgram(request.RedirectUri!)
        && context.Features.Get<NavigationRequest>()?.ConfirmedIn != session;

    /// <summary>Answers with the page that asks.</summary>
    public async Task Ask(
        HttpContext context,
        OpenIddictRequest request,
        Application application,
        SessionId session
    )
    {
        NavigationRequest confirmed = NavigationRequest.Of(
            context.RequestedAt(clock),
            context.Request.Query
        ) with
        {
            ConfirmedIn = session,
        };
        if (request.HasPromptValue(PromptValues.None))
            await context.Refuse(Errors.InteractionRequired, "The user has to be asked.");
        else if (requests.Seal(context.Request.Path, confirmed) is { } sealedRequest)
            await notices.Write(
                context,
                Notices.Confirm(
                    application.Name,
                    context.Request.Path + QueryString.Create(Navigations.Resume, sealedRequest)
                )
            );
        else
            await context.Refuse(Errors.InvalidRequest, "The request is too long.");
    }
}
