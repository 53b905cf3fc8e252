using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.SecondFactors;

/// <summary>The authenticator app and the recovery codes: the second step of a sign-in, adding and removing them.</summary>
internal static class SecondFactorsFeature
{
    public static IServiceCollection AddSecondFactors(this IServiceCollection services) =>
        services.AddJson(SecondFactorsJson.Default);

    public static void MapSecondFactors(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder factors = api.MapGroup("").WithTags("Factors");
        SecondFactorSignInEndpoint.Map(factors);
        TotpOfferEndpoint.Map(factors);
        TotpConfirmEndpoint.Map(factors);
        TotpRemoveEndpoint.Map(factors);
        RecoveryCodesEndpoint.Map(factors);
    }
}

/// <summary>The messages of these calls, serialized by generated code.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(TotpOffer))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(RecoveryCodeList))]
internal sealed partial class SecondFactorsJson : JsonSerializerContext;
