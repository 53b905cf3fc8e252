using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Email;

/// <summary>Email verification and email change.</summary>
internal static class EmailFeature
{
    public static IServiceCollection AddEmail(this IServiceCollection services) =>
        services.AddJson(EmailJson.Default);

    public static void MapEmail(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder email = api.MapGroup("").WithTags("Accounts");
        VerificationEndpoint.Map(email);
        VerificationConfirmEndpoint.Map(email);
        EmailChangeEndpoint.Map(email);
        EmailChangeConfirmEndpoint.Map(email);
    }
}

/// <summary>Source-generated serialization of the request and response types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VerificationRequest))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(EmailPayload))]
internal sealed partial class EmailJson : JsonSerializerContext;
