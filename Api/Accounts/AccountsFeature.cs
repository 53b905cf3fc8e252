using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Accounts;

/// <summary>Registration, sign-in and sign-out, and the user's own data.</summary>
internal static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<SignInCompletion>().AddJson(AccountsJson.Default);

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder accounts = api.MapGroup("").WithTags("Accounts");
        RegisterEndpoint.Map(accounts);
        SignInEndpoint.Map(accounts);
        SignOutEndpoint.Map(accounts);
        SessionEndpoint.Map(accounts);
        MeEndpoint.Map(accounts);
        MeActivityEndpoint.Map(accounts);
        MeExportEndpoint.Map(accounts);
        MeDeleteEndpoint.Map(accounts);
    }
}

/// <summary>Source-generated serialization of the request and response types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(NextStep))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(ActivityList))]
[JsonSerializable(typeof(DataExport))]
internal sealed partial class AccountsJson : JsonSerializerContext;
