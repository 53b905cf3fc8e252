namespace SessionAuth.Api.Problems;

/// <summary>Says in the OpenAPI document which errors a call answers with.</summary>
internal static class ProblemMetadata
{
    /// <summary>Those that every call answers with, whatever it does.</summary>
    public static TBuilder ProducesSharedProblems<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.ProducesProblems(400, 413, 414, 415, 431, 500);

    /// <summary>Those of a call's own.</summary>
    public static TBuilder ProducesProblems<TBuilder>(
        this TBuilder endpoint,
        params ReadOnlySpan<int> statuses
    )
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (int status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
