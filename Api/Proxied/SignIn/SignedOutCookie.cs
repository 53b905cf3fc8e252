namespace SessionAuth.Api.Proxied.SignIn;

/// <summary>
/// Marks a browser that has signed out at an application while its session goes on: the next sign-in there asks the user
/// to authenticate.
/// </summary>
internal static class SignedOutCookie
{
    private const string BareName = "sessionauth-signed-out";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(1);

    public static bool IsSet(HttpRequest request, string origin) =>
        request.Cookies.ContainsKey(HostCookies.Name(origin, BareName));

    public static void Set(HttpResponse response, string origin) =>
        HostCookies.Set(response, origin, BareName, "1", s_lifetime);

    public static void Clear(HttpResponse response, string origin) =>
        HostCookies.Set(response, origin, BareName, value: "", TimeSpan.Zero);
}
