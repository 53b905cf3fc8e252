using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace SessionAuth.Api.Http.Json;

/// <summary>
/// Configures strict JSON parsing: no unknown or duplicate members, no numbers in strings, limited depth (ASVS 15.3.3,
/// 15.3.5).
/// </summary>
internal sealed class StrictJson : IConfigureOptions<JsonOptions>
{
    private const int Deepest = 16;

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
    }

    private static JsonStringEnumConverter<TEnum> Named<TEnum>()
        where TEnum : struct, Enum => new(JsonNamingPolicy.KebabCaseLower);
}
