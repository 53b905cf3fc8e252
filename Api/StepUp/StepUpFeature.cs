using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.StepUp;

/// <summary>Step-up authentication.</summary>
internal static class StepUpFeature
{
    public static IServiceCollection AddStepUp(this IServiceCollection services) =>
        services.AddJson(StepUpJson.Default);

    public static void MapStepUp(this IEndpointRouteBuilder api) =>
        StepUpEndpoint.Map(api.MapGroup("").WithTags("Factors"));
}

/// <summary>Source-generated serialization of the request type.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StepUpRequest))]
internal sealed partial class StepUpJson : JsonSerializerContext;
