using Microsoft.AspNetCore.Http;
using SessionAuth.OpenId.Browsers;

namespace SessionAuth.OpenId.Requests;

/// <summary>
/// Takes the two detours of a navigation. A form that another site posts comes without the browser's cookies, which are
/// <c>Lax</c>: the browser is sent to the same address again, with the request sealed. A sealed request is opened, and then
/// checked like any other.
/// </summary>
internal sealed class Navigations(SealedRequests requests, INoticePages notices, TimeProvider clock)
{
    /// <summary>The parameter with a sealed request.</summary>
    public const string Resume = "resume";

    /// <summary>Whether the request was answered; otherwise it can be read from its query.</summary>
    public async Task<bool> IsAnswered(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsPost(request.Method))
        {
            await Redirect(context);
            return true;
        }

        if (request.Query[Resume] is not [{ } sealedRequest])
            return false;
        if (
            await requests.Open(request.Path, sealedRequest, context.RequestAborted)
            is not { } opened
        )
        {
            await notices.Write(context, Notices.Expired);
            return true;
        }

        request.QueryString = opened.Query;
        context.Features.Set(opened);
        return false;
    }

    private async Task Redirect(HttpContext context)
    {
        HttpRequest request = context.Request;
        IFormCollection form = await request.ReadFormAsync(context.RequestAborted);
        string? sealedRequest = requests.Seal(
            request.Path,
            NavigationRequest.Of(clock.GetUtcNow(), form)
        );
        if (sealedRequest is null)
            await notices.Write(context, Notices.TooLong);
        else
            context.Response.SeeOther(
                request.Path + QueryString.Create(Resume, sealedRequest).Value
            );
    }
}
