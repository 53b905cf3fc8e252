using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.SecondFactors;

/// <summary>Second factors and recovery codes: the second step of a sign-in, adding and removing.</summary>
internal static class SecondFactorsFeature
{
    public static IServiceCollection AddSecondFactors(this IServiceCollection services) =>
        services.AddJson(SecondFactorsJson.Default);

    public static void MapSecondFactors(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder factors = api.MapGroup("").WithTags("Factors");
        SecondFactorSignInEndpoint.Map(factors);
        FactorOfferEndpoint.Map(factors);
        FactorConfirmEndpoint.Map(factors);
        FactorRemoveEndpoint.Map(factors);
        RecoveryCodesEndpoint.Map(factors);
    }
}

/// <summary>Source-generated serialization of the request and response types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(FactorOffer))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(RecoveryCodeList))]
internal sealed partial class SecondFactorsJson : JsonSerializerContext;
