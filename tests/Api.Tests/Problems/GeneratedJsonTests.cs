using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>All API messages have source-generated serializers. Without one, a message would silently be serialized by reflection.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class GeneratedJsonTests(SharedNode shared)
{
    [Fact]
    public void Every_API_message_has_a_generated_serializer()
    {
        JsonSerializerOptions json = shared
            .Node.Services.GetRequiredService<IOptions<JsonOptions>>()
            .Value.SerializerOptions;
        Type[] messages =
        [
            .. shared
                .Node.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.SelectMany(endpoint =>
                    endpoint
                        .Metadata.OfType<IAcceptsMetadata>()
                        .Select(accepts => accepts.RequestType)
                        .Concat(
                            endpoint
                                .Metadata.OfType<IProducesResponseTypeMetadata>()
                                .Select(produces => produces.Type)
                        )
                )
                .OfType<Type>()
                .Where(type => type.Assembly == typeof(Hosting.Node).Assembly)
                .Distinct(),
        ];

        Assert.True(messages.Length > 20);
        Assert.All(
            messages,
            message =>
                Assert.IsAssignableFrom<JsonSerializerContext>(
                    json.GetTypeInfo(message).OriginatingResolver
                )
        );
    }
}
