using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>The ways in which a secret can be tried.</summary>
internal static class GuessedPaths
{
    public const string Wrong = "a wrong guess";

    /// <summary>A try in any browser, as of a stranger: it may have a session, and is no device that is known.</summary>
    public static async Task<HttpStatusCode> Try(
        this BrowserClient browser,
        string path,
        object body
    )
    {
        browser.ForgetDevice();
        using HttpResponseMessage response = await browser.Post(path, body);
        return response.StatusCode;
    }

    public static async Task<HttpStatusCode> TryLogin(
        this BrowserClient browser,
        string address,
        string password = Wrong
    )
    {
        using HttpResponseMessage response = await browser.Login(address, password);
        return response.StatusCode;
    }

    public static async Task<HttpStatusCode> TryCode(this BrowserClient browser, string code)
    {
        using HttpResponseMessage response = await browser.Post(
            "/login/second-factor",
            new { code }
        );
        return response.StatusCode;
    }

    public static void ForgetDevice(this BrowserClient browser) =>
        browser.Cookies.Remove("deviceToken");
}
