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

    /// <summary>Resets the password by mail, from a browser that has nothing.</summary>
    public static async Task Reset(
        this RunningNode node,
        string address,
        string password,
        int times = 1
    )
    {
        using BrowserClient elsewhere = node.NewBrowser();
        using HttpResponseMessage asked = await elsewhere.Post(
            "/password/forgot",
            new { email = address }
        );
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        string token = (await node.Tokens(address, Mailbox.Reset, atLeast: times))[0];
        using HttpResponseMessage reset = await elsewhere.Post(
            "/password/reset",
            new { token, password }
        );
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
    }

    public static void ForgetDevice(this BrowserClient browser) =>
        browser.Cookies.Remove("deviceToken");
}
