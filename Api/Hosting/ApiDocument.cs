using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Hosting;

/// <summary>
/// The OpenAPI document. It is generated once, because that costs as much as a thousand session checks.
/// </summary>
/// <param name="services">The service provider.</param>
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
                        "Sign-in and session management. Tokens are sent only in cookies. "
                        + "State-changing calls require an Origin header with the UI's origin. "
                        + "Applications use OpenID Connect, whose calls are described at "
                        + "/.well-known/openid-configuration.",
                };
                return Task.CompletedTask;
            }
        );
}
