using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Attempts to authenticate.</summary>
internal static class AttemptExtensions
{
    public const string Wrong = "a wrong password";

    /// <summary>An attempt from a browser that may have a session, but is no known device.</summary>
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
        string email,
        string password = Wrong
    )
    {
        using HttpResponseMessage response = await browser.Login(email, password);
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

    /// <summary>Resets the password by mail, in a new browser.</summary>
    public static async Task Reset(
        this RunningNode node,
        string email,
        string password,
        int times = 1
    )
    {
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage requested = await browser.Post("/password/forgot", new { email });
        Assert.Equal(HttpStatusCode.Accepted, requested.StatusCode);
        string token = (await node.Tokens(email, Mailbox.Reset, atLeast: times))[0];
        using HttpResponseMessage reset = await browser.Post(
            "/password/reset",
            new { token, password }
        );
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
    }

    public static void ForgetDevice(this BrowserClient browser) =>
        browser.Cookies.Remove("deviceToken");
}
