using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.StepUp;

/// <summary>Proving again who is there.</summary>
internal static class StepUpFeature
{
    public static IServiceCollection AddStepUp(this IServiceCollection services) =>
        services.AddSingleton<StepUpProofs>().AddJson(StepUpJson.Default);

    public static void MapStepUp(this IEndpointRouteBuilder api) =>
        StepUpEndpoint.Map(api.MapGroup("").WithTags("Factors"));
}

/// <summary>The messages of this call, serialized by generated code.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StepUpRequest))]
internal sealed partial class StepUpJson : JsonSerializerContext;
