using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Passwords;

/// <summary>Adds the length limits of new passwords to the OpenAPI document.</summary>
internal sealed class PasswordSchema(PasswordLimits limits) : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        bool isNewPassword =
            context.JsonPropertyInfo?.AttributeProvider?.IsDefined(
                typeof(NewPasswordAttribute),
                inherit: false
            )
            is true;
        if (isNewPassword)
        {
            schema.MinLength = limits.MinLength;
            schema.MaxLength = limits.MaxLength;
        }

        return Task.CompletedTask;
    }
}
