using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Passwords;

/// <summary>Password change and reset.</summary>
internal static class PasswordsFeature
{
    public static IServiceCollection AddPasswords(this IServiceCollection services) =>
        services
            .AddSingleton<PasswordLimits>()
            .ConfigureAll<OpenApiOptions>(options => options.AddSchemaTransformer<PasswordSchema>())
            .AddJson(PasswordsJson.Default);

    public static void MapPasswords(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder passwords = api.MapGroup("").WithTags("Accounts");
        PasswordPolicyEndpoint.Map(passwords);
        PasswordChangeEndpoint.Map(passwords);
        PasswordForgotEndpoint.Map(passwords);
        PasswordResetEndpoint.Map(passwords);
    }
}

/// <summary>Source-generated serialization of the request and response types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PasswordPolicyAnswer))]
[JsonSerializable(typeof(PasswordChangeRequest))]
[JsonSerializable(typeof(PasswordResetRequest))]
internal sealed partial class PasswordsJson : JsonSerializerContext;
