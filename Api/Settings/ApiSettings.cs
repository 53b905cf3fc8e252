namespace SessionAuth.Api.Settings;

/// <summary>The settings of the HTTP front end, from the environment or <c>.env</c>.</summary>
public sealed class ApiSettings
{
    /// <summary>The port to listen on at localhost, where <c>--urls</c> does not say otherwise.</summary>
    [ConfigurationKeyName("PORT")]
    public int Port { get; set; } = 5080;

    /// <summary>Where the node keeps its data and, embedded, its secrets.</summary>
    [ConfigurationKeyName("DATA_DIR")]
    public string DataDirectory { get; set; } = "data";

    /// <summary>The domain that the tokens are issued for.</summary>
    [ConfigurationKeyName("ROOT_DOMAIN")]
    public string RootDomain { get; set; } = "localhost";

    /// <summary>The UI's origin, which alone may change state; by default the address that the node listens on.</summary>
    [ConfigurationKeyName("PUBLIC_URL")]
    public string? PublicUrl { get; set; }

    /// <summary>The API's origin; by default the UI's.</summary>
    [ConfigurationKeyName("API_URL")]
    public string? ApiUrl { get; set; }

    /// <summary>Addresses or networks, separated by commas, whose <c>X-Forwarded-For</c> is believed.</summary>
    [ConfigurationKeyName("TRUSTED_PROXIES")]
    public string? TrustedProxies { get; set; }

    /// <summary>For how long an access token is good.</summary>
    [ConfigurationKeyName("ACCESS_TOKEN_LIFETIME")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>For how long a node of a cluster that stops goes on serving after it said that it is not ready.</summary>
    [ConfigurationKeyName("DRAIN_TIME")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether failed sign-ins make tries wait: <c>on</c>, or <c>off</c> for load tests.</summary>
    [ConfigurationKeyName("SIGN_IN_THROTTLE")]
    public string SignInThrottle { get; set; } = "on";

    /// <summary>The secrets that cookies are signed with, newest first, separated by commas.</summary>
    [ConfigurationKeyName("COOKIE_SIGNATURE")]
    public string? CookieSignature { get; set; }

    /// <summary>The secrets that tokens are signed with, newest first, separated by commas.</summary>
    [ConfigurationKeyName("JWT_SIGNATURE")]
    public string? JwtSignature { get; set; }

    /// <summary>The secrets that stored secrets are encrypted with and mailed links are made of, newest first, separated by commas.</summary>
    [ConfigurationKeyName("DATA_KEYS")]
    public string? DataKeys { get; set; }
}
