using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>The way from a proxied application to the pages and back, and what goes wrong on it.</summary>
[Collection(ProxiedNodeTests.Name)]
public sealed class ApplicationSignInTests(ProxiedNode proxied)
{
    private RunningNode Node => proxied.Node;

    [Theory(DisplayName = "S-46 Sign-in at an application returns to that application alone")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("@evil.example")]
    [InlineData("/a\r\nSet-Cookie: b=c")]
    [InlineData("")]
    public async Task Sign_in_returns_to_that_application_alone(string path)
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);

        using HttpResponseMessage done = await Begin(shop, path);

        Assert.Equal("https://shop.example.com/", done.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Address_of_ten_KiB_returns_to_the_start_page()
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);

        using HttpResponseMessage asked = await shop.Navigate("/" + new string('a', 10 * 1024));

        Assert.EndsWith(
            "?return=%2F",
            asked.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Code_that_a_proxy_repeats_is_answered_again_and_the_session_token_stays_good()
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);
        string callback = await CallbackOf(shop);
        using ApplicationBrowser repeated = shop.Copy();

        using HttpResponseMessage first = await shop.AtApplication.Get(callback);
        using HttpResponseMessage again = await repeated.AtApplication.Get(callback);

        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(shop.Cookie, repeated.Cookie);
        Assert.True(await shop.Passes());
    }

    [Fact(DisplayName = "S-70 Code that another browser brings is worth nothing there")]
    public async Task Code_that_another_browser_brings_is_worth_nothing_there()
    {
        using ApplicationBrowser attacker = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);
        using ApplicationBrowser victim = new(Node, Node.NewBrowser(), ProxiedNode.Shop);
        string callback = await CallbackOf(attacker);

        using HttpResponseMessage answer = await victim.AtApplication.Get(callback);

        Assert.Null(victim.Cookie);
        // It begins its own sign-in.
        Assert.Contains(
            "/oauth/authorize?",
            answer.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
    }

    [Fact(
        DisplayName = "S-70 Code of one sign-in is worth nothing in another one of the same browser"
    )]
    public async Task Code_is_bound_to_the_verifier_of_its_sign_in()
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);
        string one = await CallbackOf(shop);
        string other = await CallbackOf(shop);
        string mixed = QueryHelpers.AddQueryString(
            "/.sessionauth/callback",
            new Dictionary<string, string?>
            {
                ["code"] = Parameter(one, "code"),
                ["state"] = Parameter(other, "state"),
                ["iss"] = Parameter(one, "iss"),
            }
        );

        using HttpResponseMessage answer = await shop.AtApplication.Get(mixed);
        Assert.Null(shop.Cookie);

        // Whoever lacks the verifier cannot use a code up.
        using HttpResponseMessage right = await shop.AtApplication.Get(one);
        Assert.NotNull(shop.Cookie);
        Assert.True(await shop.Passes());
    }

    [Fact(DisplayName = "S-70 Code of one application is worth nothing at another one")]
    public async Task Code_of_one_application_is_worth_nothing_at_another_one()
    {
        BrowserClient pages = await proxied.SignedIn();
        using ApplicationBrowser shop = new(Node, pages, ProxiedNode.Shop);
        using ApplicationBrowser wiki = new(Node, pages, ProxiedNode.Wiki);
        string ofShop = await CallbackOf(shop);
        string ofWiki = await CallbackOf(wiki);
        string mixed = QueryHelpers.AddQueryString(
            "/.sessionauth/callback",
            new Dictionary<string, string?>
            {
                ["code"] = Parameter(ofShop, "code"),
                ["state"] = Parameter(ofWiki, "state"),
                ["iss"] = Parameter(ofShop, "iss"),
            }
        );

        using HttpResponseMessage answer = await wiki.AtApplication.Get(mixed);

        Assert.Null(wiki.Cookie);
    }

    [Theory(DisplayName = "S-70 Answer of another issuer is refused (mix-up)")]
    [InlineData("https://evil.example/")]
    [InlineData("")]
    public async Task Answer_of_another_issuer_is_refused(string issuer)
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);
        string callback = await CallbackOf(shop);
        string other = QueryHelpers.AddQueryString(
            "/.sessionauth/callback",
            new Dictionary<string, string?>
            {
                ["code"] = Parameter(callback, "code"),
                ["state"] = Parameter(callback, "state"),
                ["iss"] = issuer,
            }
        );

        using HttpResponseMessage answer = await shop.AtApplication.Get(other);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(shop.Cookie);
    }

    [Fact(DisplayName = "S-70 Code that comes after a minute begins the sign-in once more")]
    public async Task Code_that_comes_after_a_minute_begins_the_sign_in_once_more()
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);
        string callback = await CallbackOf(shop, "/late");
        await proxied.Advance(TimeSpan.FromSeconds(61));

        using HttpResponseMessage late = await shop.AtApplication.Get(callback);
        Assert.Null(shop.Cookie);
        using HttpResponseMessage toCallback = await shop.Pages.Get(
            ApplicationBrowser.PathOf(late)
        );
        using HttpResponseMessage done = await shop.AtApplication.Get(
            ApplicationBrowser.PathOf(toCallback)
        );

        Assert.Equal("https://shop.example.com/late", done.Headers.Location!.OriginalString);
        Assert.True(await shop.Passes());
    }

    [Fact]
    public async Task Second_attempt_that_fails_ends_with_a_page()
    {
        using ApplicationBrowser shop = new(Node, Node.NewBrowser(), ProxiedNode.Shop);

        using HttpResponseMessage first = await shop.AtApplication.Get(
            "/.sessionauth/callback?code=x&state=1unknown"
        );
        string state = Parameter(first.Headers.Location!.OriginalString, "state");
        shop.AtApplication.Cookies.Clear();
        using HttpResponseMessage second = await shop.AtApplication.Get(
            $"/.sessionauth/callback?code=x&state={state}"
        );

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Contains(
            "Sign-in did not complete",
            await second.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Five_tabs_that_begin_at_once_all_come_back()
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);
        List<string> callbacks = [];
        for (int i = 0; i < 5; i++)
            callbacks.Add(await CallbackOf(shop, $"/tab{i}"));

        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage done = await shop.AtApplication.Get(callbacks[i]);
            Assert.Equal($"https://shop.example.com/tab{i}", done.Headers.Location!.OriginalString);
        }
        Assert.True(await shop.Passes());
        Assert.Equal(["__Host-sessionauth"], shop.AtApplication.Cookies.Keys);
    }

    [Fact]
    public async Task Cookies_of_begun_sign_ins_stay_five_and_four_KiB_together()
    {
        using ApplicationBrowser shop = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);
        for (int i = 0; i < 12; i++)
        {
            using HttpResponseMessage began = await shop.AtApplication.Get(
                $"/.sessionauth/sign-in?return=%2F{new string('a', 40 * i)}"
            );
            Assert.InRange(shop.AtApplication.Cookies.Count, 1, 5);
            Assert.InRange(
                shop.AtApplication.Cookies.Values.Sum(value => value.Length),
                1,
                4 * 1024
            );
            await proxied.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<string> CallbackOf(ApplicationBrowser browser, string path = "/")
    {
        using HttpResponseMessage began = await browser.AtApplication.Get(
            $"/.sessionauth/sign-in?return={Uri.EscapeDataString(path)}"
        );
        using HttpResponseMessage toCallback = await browser.Pages.Get(
            ApplicationBrowser.PathOf(began)
        );
        return ApplicationBrowser.PathOf(toCallback);
    }

    private static async Task<HttpResponseMessage> Begin(ApplicationBrowser browser, string path) =>
        await browser.AtApplication.Get(await CallbackOf(browser, path));

    private static string Parameter(string address, string name) =>
        QueryHelpers
            .ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..])[name]
            .ToString();
}
