using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace SessionAuth.Api.Http.Json;

/// <summary>Configures strict, source-generated JSON.</summary>
internal static class JsonRegistration
{
    public static IServiceCollection AddStrictJson(this IServiceCollection services) =>
        services
            .AddSingleton<IConfigureOptions<JsonOptions>, StrictJson>()
            .AddJson(ProblemJson.Default);

    /// <summary>Adds a feature's source-generated serializers.</summary>
    public static IServiceCollection AddJson(
        this IServiceCollection services,
        IJsonTypeInfoResolver messages
    ) =>
        services.Configure<JsonOptions>(options =>
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, messages)
        );
}

/// <summary>The extension members of problem details.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<string>>))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class ProblemJson : JsonSerializerContext;
