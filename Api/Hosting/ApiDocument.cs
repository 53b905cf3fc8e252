using Microsoft.AspNetCore.OpenApi;

namespace SessionAuth.Api.Hosting;

/// <summary>The OpenAPI document's own words.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options) =>
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "SessionAuth",
                    Version = "v1",
                    Description =
                        "Signs people in and keeps their sessions. Tokens travel in cookies alone; "
                        + "state-changing calls need the Origin of the sign-in pages.",
                };
                return Task.CompletedTask;
            }
        );
}
