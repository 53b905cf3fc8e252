using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Hosting;

/// <summary>The OpenAPI document. It is made once: to make it takes longer than to answer a thousand checks.</summary>
/// <param name="services">Where its maker is.</param>
internal sealed class ApiDocument(IServiceProvider services)
{
    private const string Name = "v1";

    private readonly Lazy<Task<string>> _json = new(() => Write(services));

    public static void AddTo(IServiceCollection services) =>
        services.AddSingleton<ApiDocument>().AddOpenApi(Name, Describe);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                $"/openapi/{Name}.json",
                async (ApiDocument document) =>
                    TypedResults.Text(await document._json.Value, "application/json", Encoding.UTF8)
            )
            .ExcludeFromDescription();

    private static async Task<string> Write(IServiceProvider services)
    {
        OpenApiDocument document = await services
            .GetRequiredKeyedService<IOpenApiDocumentProvider>(Name)
            .GetOpenApiDocumentAsync();
        document.Servers = [new() { Url = services.GetRequiredService<Origins>().Api.Value }];
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }

    private static void Describe(OpenApiOptions options) =>
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "SessionAuth",
                    Version = Name,
                    Description =
                        "Signs people in and keeps their sessions. Tokens travel in cookies alone; "
                        + "state-changing calls need the Origin of the sign-in pages.",
                };
                return Task.CompletedTask;
            }
        );
}
