using Microsoft.AspNetCore.Diagnostics;

namespace SessionAuth.Api.Problems;

/// <summary>Gives errors that the framework answers without a body their problem document.</summary>
internal static class EmptyAnswers
{
    public static Task Fill(StatusCodeContext context) =>
        ApiProblems
            .OfStatus(context.HttpContext.Response.StatusCode)
            .ExecuteAsync(context.HttpContext);
}
