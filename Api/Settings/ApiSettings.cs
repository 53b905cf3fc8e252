using SessionAuth.Settings;

namespace SessionAuth.Api.Settings;

/// <summary>The settings of the HTTP front end.</summary>
public sealed class ApiSettings
{
    /// <summary>The port to listen on at localhost, unless <c>--urls</c> is set.</summary>
    [ConfigurationKeyName("PORT")]
    public int Port { get; set; } = 5080;

    /// <summary>The domain that the tokens are issued for.</summary>
    [ConfigurationKeyName("ROOT_DOMAIN")]
    public string RootDomain { get; set; } = "localhost";

    /// <summary>
    /// The UI's origin, from which alone state-changing calls are accepted. Defaults to the URL that the node listens
    /// on.
    /// </summary>
    [ConfigurationKeyName("PUBLIC_URL")]
    public string? PublicUrl { get; set; }

    /// <summary>The API's origin. Defaults to the UI's.</summary>
    [ConfigurationKeyName("API_URL")]
    public string? ApiUrl { get; set; }

    /// <summary>
    /// The proxies whose <c>X-Forwarded-For</c> is trusted: IP addresses or networks, separated by commas.
    /// </summary>
    [ConfigurationKeyName("TRUSTED_PROXIES")]
    public string? TrustedProxies { get; set; }

    /// <summary>The lifetime of access tokens.</summary>
    [ConfigurationKeyName("ACCESS_TOKEN_LIFETIME")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a stopping node of a cluster keeps serving after it has reported not ready.</summary>
    [ConfigurationKeyName("DRAIN_TIME")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether failed sign-ins are throttled. Turn off only for load tests.</summary>
    [ConfigurationKeyName("SIGN_IN_THROTTLE")]
    public Toggle SignInThrottle { get; set; } = Toggle.On;
}
