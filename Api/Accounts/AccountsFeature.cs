using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Accounts;

/// <summary>Registering, signing in and out, and what is kept about a user.</summary>
internal static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services
            .AddSingleton<RegistrationService>()
            .AddSingleton<SignInService>()
            .AddSingleton<SignInCompletion>()
            .AddJson(AccountsJson.Default);

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

/// <summary>The messages of these calls, serialized by generated code.</summary>
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
