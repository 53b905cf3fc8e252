using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Cookies;

/// <summary>The cookies that are set, and those that are accepted.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class CookieTests(SharedNode shared)
{
    [Fact(DisplayName = "S-06 On http the cookies are host-only, HttpOnly and SameSite=Lax")]
    public async Task Cookies_on_http_have_their_attributes()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        foreach (HttpResponseMessage response in await EveryAnswerThatSetsCookies(browser))
        {
            string[] cookies = SetCookies(response);
            Assert.Equal(NamesIn(response, prefix: ""), cookies.Select(Name));
            Assert.All(cookies, cookie => AssertAttributes(cookie, secure: false));
        }
    }

    [Fact(DisplayName = "S-06 On https the cookies are Secure and have the prefix __Host-")]
    public async Task Cookies_on_https_are_secure_and_prefixed()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["PUBLIC_URL"] = "https://nodeauth.test",
                ["API_URL"] = "https://api.nodeauth.test",
            }
        );
        using BrowserClient browser = node.NewBrowser();
        browser.Host = "api.nodeauth.test";
        browser.Origin = "https://nodeauth.test";
        foreach (HttpResponseMessage response in await EveryAnswerThatSetsCookies(browser))
        {
            string[] cookies = SetCookies(response);
            Assert.Equal(NamesIn(response, prefix: "__Host-"), cookies.Select(Name));
            Assert.All(cookies, cookie => AssertAttributes(cookie, secure: true));
        }
    }

    [Fact]
    public async Task Access_cookie_ends_with_the_browser_and_refresh_cookie_with_the_session()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        string email = People.NewEmail();
        string[] remembered = SetCookies(await browser.Register(email));
        string[] brief = SetCookies(await browser.Login(email, remember: false));
        string[] again = SetCookies(await browser.Login(email));

        Assert.DoesNotContain("Max-Age", remembered[0], StringComparison.Ordinal);
        Assert.Contains("Max-Age=2592000", remembered[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Max-Age", string.Concat(brief), StringComparison.Ordinal);
        Assert.DoesNotContain("Expires", string.Concat(brief), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Max-Age=2592000", again[1], StringComparison.Ordinal);
    }

    [Fact(DisplayName = "S-07 Tokens contain ids, a generation and times, and no personal data")]
    public async Task Tokens_contain_no_personal_data()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage response = await browser.Register(People.NewEmail());
        string body = await response.Content.ReadAsStringAsync();

        JsonObject access = Forger.Open(browser.AccessToken!).Payload;
        JsonObject refresh = Forger.Open(browser.RefreshToken!).Payload;

        Assert.Equal(
            ["aud", "exp", "gen", "iat", "iss", "sid", "sub"],
            access.Select(c => c.Key).Order()
        );
        Assert.Equal(
            ["aud", "exp", "gen", "iat", "iss", "sid"],
            refresh.Select(c => c.Key).Order()
        );
        Assert.Equal(900, (long)access["exp"]! - (long)access["iat"]!);
        Assert.DoesNotContain("eyJ", body, StringComparison.Ordinal);
    }

    [Theory(
        DisplayName = "S-12 A cookie that is sent twice or has a percent-encoded name is ignored"
    )]
    [InlineData("accessToken={0}; accessToken={0}")]
    [InlineData("accessToken={0}; accessToken=x")]
    [InlineData("accessToken=x; accessToken={0}")]
    [InlineData("accessToken=; accessToken={0}")]
    [InlineData("%61ccessToken={0}")]
    [InlineData("access%54oken={0}")]
    [InlineData("AccessToken={0}")]
    [InlineData("__Host-accessToken={0}")]
    [InlineData("accessToken=\"{0}\"")]
    [InlineData("accessToken={0} ; accessToken = {0}; accessToken={0}")]
    public async Task Duplicate_or_encoded_cookie_is_ignored(string header)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewEmail());

        Assert.True(await Sends($"other=1; accessToken={browser.AccessToken}"));
        Assert.False(
            await Sends(header.Replace("{0}", browser.AccessToken, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Cookie_over_4_KiB_is_ignored_and_does_not_affect_others()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewEmail());

        Assert.True(
            await Sends($"huge={new string('x', 5000)}; accessToken={browser.AccessToken}")
        );
        Assert.False(await Sends($"accessToken={browser.AccessToken}{new string('x', 5000)}"));
    }

    private async Task<bool> Sends(string cookies)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpRequestMessage request = new(HttpMethod.Get, "/test");
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using HttpResponseMessage response = await browser.Send(request);
        return response.IsSuccessStatusCode;
    }

    private static async Task<HttpResponseMessage[]> EveryAnswerThatSetsCookies(
        BrowserClient browser
    )
    {
        string email = People.NewEmail();
        List<HttpResponseMessage> answers =
        [
            await browser.Register(email),
            await browser.Login(email),
            await browser.Post("/refresh"),
            await browser.Post("/logout"),
            await browser.Login(email),
            await browser.Delete("/sessions?include=current"),
            await browser.Login(email),
            await browser.Delete($"/sessions/{await browser.SessionId()}"),
            await browser.Login(email),
        ];
        foreach (
            string access in browser
                .Cookies.Keys.Where(name => name.EndsWith("accessToken", StringComparison.Ordinal))
                .ToArray()
        )
            browser.Cookies.Remove(access);
        answers.Add(await browser.Get("/me"));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        return [.. answers];
    }

    private static string Name(string cookie) => cookie.Split('=')[0];

    // A sign-in sets the device cookie too.
    private static IEnumerable<string> NamesIn(HttpResponseMessage response, string prefix)
    {
        string[] names = response.RequestMessage!.RequestUri!.AbsolutePath
            is "/register"
                or "/login"
            ? ["accessToken", "refreshToken", "deviceToken"]
            : ["accessToken", "refreshToken"];
        return names.Select(name => prefix + name);
    }

    private static string[] SetCookies(HttpResponseMessage response) =>
        [.. response.Headers.GetValues("Set-Cookie")];

    private static void AssertAttributes(string cookie, bool secure)
    {
        string[] attributes = cookie.Split("; ");
        Assert.True(cookie.Length <= 4096);
        Assert.Contains("HttpOnly", attributes);
        Assert.Contains("SameSite=Lax", attributes);
        Assert.Contains("Path=/", attributes);
        Assert.Equal(secure, attributes.Contains("Secure"));
        Assert.DoesNotContain(
            attributes,
            attribute => attribute.StartsWith("Domain", StringComparison.OrdinalIgnoreCase)
        );
    }
}
