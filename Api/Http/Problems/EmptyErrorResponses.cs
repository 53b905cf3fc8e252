using Microsoft.AspNetCore.Diagnostics;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Http.Problems;

/// <summary>
/// Adds problem details, or a page for browsers, to error responses that the framework sends without a body.
/// </summary>
internal static class EmptyErrorResponses
{
    public static Task Fill(StatusCodeContext answer)
    {
        HttpContext context = answer.HttpContext;
        bool nowhere =
            context.Response.StatusCode
            is StatusCodes.Status404NotFound
                or StatusCodes.Status405MethodNotAllowed;
        return nowhere && context.WantsPage()
            ? context.RequestServices.GetRequiredService<UiPages>().WriteNotFound(context)
            : ApiProblems.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
    }
}
