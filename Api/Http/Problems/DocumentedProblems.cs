using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SessionAuth.Api.Http.Problems;

/// <summary>401 from the call itself: a wrong secret. In a result type, it documents the status.</summary>
internal sealed record UnauthorizedProblem(string Code, string Title)
    : ApiProblem(StatusCodes.Status401Unauthorized, Code, Title),
        IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(
        MethodInfo method,
        EndpointBuilder builder
    ) => builder.Documents(StatusCodes.Status401Unauthorized);
}

/// <summary>404: the resource does not exist. In a result type, it documents the status.</summary>
internal sealed record NotFoundProblem(string Code, string Title)
    : ApiProblem(StatusCodes.Status404NotFound, Code, Title),
        IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(
        MethodInfo method,
        EndpointBuilder builder
    ) => builder.Documents(StatusCodes.Status404NotFound);
}

/// <summary>409: the account's state does not allow the call. In a result type, it documents the status.</summary>
internal sealed record ConflictProblem(string Code, string Title)
    : ApiProblem(StatusCodes.Status409Conflict, Code, Title),
        IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(
        MethodInfo method,
        EndpointBuilder builder
    ) => builder.Documents(StatusCodes.Status409Conflict);
}

/// <summary>429 with <c>Retry-After</c>: throttled. In a result type, it documents the status.</summary>
internal sealed record TooManyRequestsProblem(string Code, string Title, TimeSpan Wait)
    : ApiProblem(StatusCodes.Status429TooManyRequests, Code, Title, Wait),
        IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(
        MethodInfo method,
        EndpointBuilder builder
    ) => builder.Documents(StatusCodes.Status429TooManyRequests);
}
