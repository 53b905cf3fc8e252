namespace SessionAuth.Api.Problems;

/// <summary>Says in the OpenAPI document which errors a call answers with.</summary>
internal static class ProblemMetadata
{
    public static RouteHandlerBuilder ProducesProblems(
        this RouteHandlerBuilder endpoint,
        params ReadOnlySpan<int> statuses
    )
    {
        foreach (int status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
