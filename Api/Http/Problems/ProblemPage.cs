using Microsoft.AspNetCore.Http.Extensions;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Http.Problems;

/// <summary>Shows a problem to a person whose browser navigates to the API.</summary>
internal static class ProblemPage
{
    /// <summary>Answers with the status and the title of the problem, and a link that tries again.</summary>
    public static Task Write(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ApiProblem.Seconds(wait);
        return UiPages.Write(
            context,
            new StandalonePage(
                "This did not work",
                problem.Title,
                context.Request.GetEncodedPathAndQuery(),
                "Try again"
            )
        );
    }
}
