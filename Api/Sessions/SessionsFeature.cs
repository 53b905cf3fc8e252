using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Api.Http.Json;

namespace SessionAuth.Api.Sessions;

/// <summary>Sessions: authentication, refresh, listing and revocation.</summary>
internal static class SessionsFeature
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        // AddAuthentication would also add data protection, which is not used.
        services
            .AddWebEncoders()
            .AddAuthenticationCore(options =>
            {
                options.DefaultScheme = SessionAuthenticationHandler.Name;
                options.AddScheme<SessionAuthenticationHandler>(
                    SessionAuthenticationHandler.Name,
                    displayName: null
                );
            })
            .AddAuthorization();
        return services
            .AddTransient<SessionAuthenticationHandler>()
            .AddSingleton<SessionAuthentication>()
            .AddSingleton<TokenRefresh>()
            .AddSingleton<ApplicationNames>()
            .AddSingleton<BrowserSession>()
            .AddSingleton<EventStream>()
            .AddJson(SessionsJson.Default);
    }

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder sessions = api.MapGroup("").WithTags("Sessions");
        RefreshEndpoint.Map(sessions);
        TestEndpoint.Map(sessions);
        SessionListEndpoint.Map(sessions);
        RevokeEndpoint.Map(sessions);
        EndApplicationEndpoint.Map(sessions);
        RevokeAllEndpoint.Map(sessions);
        EventStream.Map(sessions);
    }
}

/// <summary>Source-generated serialization of the request and response types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(RevokedEvent))]
internal sealed partial class SessionsJson : JsonSerializerContext;
