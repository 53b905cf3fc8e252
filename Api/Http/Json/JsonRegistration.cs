using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace SessionAuth.Api.Http.Json;

/// <summary>How JSON is read and written, and by which generated code.</summary>
internal static class JsonRegistration
{
    public static IServiceCollection AddStrictJson(this IServiceCollection services) =>
        services
            .AddSingleton<IConfigureOptions<JsonOptions>, StrictJson>()
            .AddJson(ProblemJson.Default);

    /// <summary>Serializes a feature's messages by the code that was generated for them.</summary>
    public static IServiceCollection AddJson(
        this IServiceCollection services,
        IJsonTypeInfoResolver messages
    ) =>
        services.Configure<JsonOptions>(options =>
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, messages)
        );
}

/// <summary>The members that problem documents have beside the standard's.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<string>>))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class ProblemJson : JsonSerializerContext;
