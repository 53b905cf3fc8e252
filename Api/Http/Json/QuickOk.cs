using System.Net.Mime;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;

namespace SessionAuth.Api.Http.Json;

/// <summary>
/// 200 with a JSON body, as <c>Ok</c> of the framework answers, which looks up a logger and the JSON settings for each
/// answer.
/// </summary>
/// <param name="value">The body.</param>
/// <param name="type">How it is serialized.</param>
internal sealed class QuickOk<T>(T value, JsonTypeInfo<T> type) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) =>
        httpContext.Response.WriteAsJsonAsync(value, type);

    static void IEndpointMetadataProvider.PopulateMetadata(
        MethodInfo method,
        EndpointBuilder builder
    ) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(
                StatusCodes.Status200OK,
                typeof(T),
                [MediaTypeNames.Application.Json]
            )
        );
}
