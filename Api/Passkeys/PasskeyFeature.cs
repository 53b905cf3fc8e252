using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Passkeys;

/// <summary>Passkeys: sign-in, listing, adding and removing.</summary>
/// <remarks>Only the WebAuthn handler of ASP.NET Core Identity is used.</remarks>
internal static class PasskeyFeature
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services) =>
        services
            .AddSingleton<IConfigureOptions<IdentityPasskeyOptions>, PasskeyRules>()
            .AddSingleton<SealedChallenges>()
            .AddSingleton<PasskeyCeremonies>()
            .AddSingleton<PasskeyProofs>()
            .AddSingleton<PasskeyRegistration>()
            .AddJson(PasskeysJson.Default);

    public static void MapPasskeys(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder passkeys = api.MapGroup("").WithTags("Passkeys");
        PasskeySignInOptionsEndpoint.Map(passkeys);
        PasskeySignInEndpoint.Map(passkeys);
        PasskeyListEndpoint.Map(passkeys);
        PasskeyAddOptionsEndpoint.Map(passkeys);
        PasskeyAddEndpoint.Map(passkeys);
        PasskeyRemoveEndpoint.Map(passkeys);
    }
}

/// <summary>Source-generated serialization of the request and response types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PasskeyChallenge))]
[JsonSerializable(typeof(PasskeyLoginRequest))]
[JsonSerializable(typeof(AddPasskeyRequest))]
[JsonSerializable(typeof(PasskeyList))]
[JsonSerializable(typeof(CredentialParts))]
internal sealed partial class PasskeysJson : JsonSerializerContext;
