using SessionAuth.Domain.Applications;

namespace SessionAuth.Api.Proxied;

/// <summary>The paths that nodes answer at the hosts of applications, and for their proxies.</summary>
internal static class ProxiedPaths
{
    /// <summary>What every path at an application's host begins with.</summary>
    public const string Prefix = "/.sessionauth";

    /// <summary>Begins a sign-in, and returns to the path in <c>return</c>.</summary>
    public const string SignIn = Prefix + "/sign-in";

    /// <summary>Where a sign-in comes back with a code.</summary>
    public const string Callback = Prefix + "/callback";

    /// <summary>Signs out.</summary>
    public const string SignOut = Prefix + "/sign-out";

    /// <summary>The user, for scripts of the application.</summary>
    public const string User = Prefix + "/user";

    /// <summary>Server-sent events: the end of the session.</summary>
    public const string Events = Prefix + "/events";

    /// <summary>What the paths of proxies begin with.</summary>
    public const string Authz = "/authz";

    /// <summary>The question of Caddy and Traefik.</summary>
    public const string ForwardAuth = Authz + "/forward-auth";

    /// <summary>The question of nginx and the Gateway API.</summary>
    public const string AuthRequest = Authz + "/auth-request";

    /// <summary>Where a browser begins a sign-in at an application.</summary>
    /// <param name="origin">The application's origin.</param>
    /// <param name="path">Where it returns to.</param>
    public static string SignInAt(string origin, string path) =>
        $"{origin}{SignIn}?return={Uri.EscapeDataString(path)}";

    /// <summary>The origin of the proxied application at a host; null when there is none.</summary>
    /// <param name="applications">The registered applications.</param>
    /// <param name="host">The <c>Host</c> header.</param>
    public static ProxiedHost? AtHost(ApplicationSet applications, string host)
    {
        // No two are at one host name. Plain http is for loopback alone.
        foreach (string origin in (string[])[$"https://{host}", $"http://{host}"])
        {
            if (applications.AtOrigin(origin) is { } application)
                return new(application, origin);
        }

        return null;
    }
}
