using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Http.Problems;

/// <summary>
/// Documents the problems in the OpenAPI document that follow from an endpoint's metadata instead of its handler:
/// request limits, timeouts, a missing session, a foreign origin, an outage.
/// </summary>
internal static class SharedProblems
{
    private const string ProblemJson = "application/problem+json";

    private static readonly int[] s_ofEveryCall =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status414UriTooLong,
        StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status431RequestHeaderFieldsTooLarge,
        StatusCodes.Status500InternalServerError,
        StatusCodes.Status503ServiceUnavailable,
    ];

    /// <summary>Documents them for each endpoint, after all other metadata was added.</summary>
    public static TBuilder DocumentsSharedProblems<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(builder =>
        {
            foreach (int status in s_ofEveryCall)
                builder.Documents(status);

            bool needsSession = SessionUse.NeedsSession(builder);
            if (needsSession)
                builder.Documents(StatusCodes.Status401Unauthorized);
            if (ChangesState(builder) || (needsSession && !SessionUse.IsOpenToRestricted(builder)))
                builder.Documents(StatusCodes.Status403Forbidden);
            if (builder.Metadata.OfType<IAcceptsMetadata>().Any())
                builder.Documents(StatusCodes.Status408RequestTimeout);
        });
        return endpoints;
    }

    /// <summary>Documents problems that middleware returns, or that the handler writes itself.</summary>
    public static TBuilder MayAnswer<TBuilder>(this TBuilder endpoint, params ApiProblem[] problems)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder =>
        {
            foreach (ApiProblem problem in problems)
                builder.Documents(problem.Status);
        });
        return endpoint;
    }

    /// <summary>Documents that the endpoint may return a problem with this status.</summary>
    public static void Documents(this EndpointBuilder builder, int status)
    {
        bool isDocumented = builder
            .Metadata.OfType<IProducesResponseTypeMetadata>()
            .Any(answer => answer.StatusCode == status);
        if (!isDocumented)
            builder.Metadata.Add(
                new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ProblemJson])
            );
    }

    private static bool ChangesState(EndpointBuilder builder) =>
        builder
            .Metadata.OfType<IHttpMethodMetadata>()
            .SelectMany(metadata => metadata.HttpMethods)
            .Any(method => !HttpMethods.IsGet(method));
}
