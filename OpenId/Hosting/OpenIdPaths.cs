using Microsoft.AspNetCore.Http;

namespace SessionAuth.OpenId.Hosting;

/// <summary>The paths of the provider, at the origin of the API.</summary>
public static class OpenIdPaths
{
    /// <summary>The authorization endpoint (RFC 6749 §3.1).</summary>
    public const string Authorize = "/oauth/authorize";

    /// <summary>The token endpoint (RFC 6749 §3.2).</summary>
    public const string Token = "/oauth/token";

    /// <summary>Token introspection (RFC 7662).</summary>
    public const string Introspect = "/oauth/introspect";

    /// <summary>Token revocation (RFC 7009).</summary>
    public const string Revoke = "/oauth/revoke";

    /// <summary>Claims about the user (OpenID Connect Core §5.3).</summary>
    public const string UserInfo = "/oauth/userinfo";

    /// <summary>Sign-out by an application (OpenID Connect RP-Initiated Logout).</summary>
    public const string Logout = "/oauth/logout";

    /// <summary>OpenID Connect Discovery.</summary>
    public const string Discovery = "/.well-known/openid-configuration";

    /// <summary>The same for clients of OAuth (RFC 8414).</summary>
    public const string Metadata = "/.well-known/oauth-authorization-server";

    /// <summary>The public keys (RFC 7517).</summary>
    public const string Keys = "/.well-known/jwks.json";

    private const string Prefix = "/oauth";

    /// <summary>Whether the body of a request to this path is a form.</summary>
    public static bool TakesForms(PathString path) =>
        path.StartsWithSegments(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a public client in a browser may call the path from its own origin.</summary>
    public static bool AllowsOrigins(PathString path) =>
        path.Value is Token or UserInfo or Discovery or Metadata or Keys;
}
