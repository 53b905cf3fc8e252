using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Factors;
using SessionAuth.Api.Passkeys;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace SessionAuth.Api.Hosting;

/// <summary>
/// Strict JSON: no unknown or doubled member, no number for a text, no depth (ASVS 15.3.3, 15.3.5).
/// </summary>
internal sealed class StrictJson : IConfigureOptions<JsonOptions>
{
    private const int Deepest = 8;

    public void Configure(JsonOptions options)
    {
        JsonSerializerOptions json = options.SerializerOptions;
        json.MaxDepth = Deepest;
        json.AllowDuplicateProperties = false;
        json.PropertyNameCaseInsensitive = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.Converters.Add(Named<SessionEndReason>());
        json.Converters.Add(Named<AuthenticationMethod>());
        json.Converters.Add(Named<AccountEventKind>());
        json.Converters.Add(Named<MailKind>());
        json.TypeInfoResolverChain.Insert(0, ApiJson.Default);
    }

    private static JsonStringEnumConverter<TEnum> Named<TEnum>()
        where TEnum : struct, Enum => new(JsonNamingPolicy.KebabCaseLower);
}

/// <summary>The messages of the API, serialized by code that was generated for them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(Accounts.Account))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(NextStep))]
[JsonSerializable(typeof(VerificationRequest))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(AddressMessage))]
[JsonSerializable(typeof(PasswordChangeRequest))]
[JsonSerializable(typeof(PasswordResetRequest))]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(StepUpRequest))]
[JsonSerializable(typeof(TotpOffer))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(RecoveryCodeList))]
[JsonSerializable(typeof(ActivityList))]
[JsonSerializable(typeof(DataExport))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<string>>))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(RevokedEvent))]
[JsonSerializable(typeof(PasskeyChallenge))]
[JsonSerializable(typeof(PasskeyLoginRequest))]
[JsonSerializable(typeof(AddPasskeyRequest))]
[JsonSerializable(typeof(PasskeyList))]
[JsonSerializable(typeof(CredentialParts))]
internal sealed partial class ApiJson : JsonSerializerContext;
