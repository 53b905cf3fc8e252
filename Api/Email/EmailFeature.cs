using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Email;

/// <summary>Verifying and changing the email address.</summary>
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

/// <summary>The messages of these calls, serialized by generated code.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VerificationRequest))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(AddressMessage))]
internal sealed partial class EmailJson : JsonSerializerContext;
