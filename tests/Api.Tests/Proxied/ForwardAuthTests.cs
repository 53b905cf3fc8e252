using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>The questions of proxies, with and without a session.</summary>
[Collection(ProxiedNodeTests.Name)]
public sealed class ForwardAuthTests(ProxiedNode proxied)
{
    private RunningNode Node => proxied.Node;

    [Fact]
    public async Task Person_without_a_session_is_sent_to_the_sign_in_and_comes_back_signed_in()
    {
        using ApplicationBrowser browser = new(Node, await proxied.SignedIn(), ProxiedNode.Shop);

        string at = await browser.SignIn("/orders?page=2");

        Assert.Equal("https://shop.example.com/orders?page=2", at);
        Assert.NotNull(browser.Cookie);
        Assert.True(await browser.Passes());
    }

    [Theory]
    [InlineData("GET", HttpStatusCode.Found)]
    [InlineData("HEAD", HttpStatusCode.Found)]
    [InlineData("POST", HttpStatusCode.SeeOther)]
    [InlineData("DELETE", HttpStatusCode.SeeOther)]
    public async Task Person_without_a_session_is_redirected_as_the_method_asks(
        string method,
        HttpStatusCode status
    )
    {
        using ApplicationBrowser browser = new(Node, Node.NewBrowser(), ProxiedNode.Shop);

        using HttpResponseMessage answer = await browser.Navigate("/cart", method);

        Assert.Equal(status, answer.StatusCode);
        Assert.StartsWith(
            "https://shop.example.com/.sessionauth/sign-in?return=",
            answer.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Script_without_a_session_gets_a_problem_that_names_the_sign_in()
    {
        using ApplicationBrowser browser = new(Node, Node.NewBrowser(), ProxiedNode.Shop);

        using HttpResponseMessage answer = await browser.Fetch("/api/orders");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("not-signed-in", problem.GetProperty("code").GetString());
        Assert.Equal(
            "https://shop.example.com/.sessionauth/sign-in?return=%2Fapi%2Forders",
            problem.GetProperty("signIn").GetString()
        );
    }

    [Fact]
    public async Task Frame_without_a_session_shows_a_page_that_may_be_framed_and_leads_out_of_the_frame()
    {
        using ApplicationBrowser browser = new(Node, Node.NewBrowser(), ProxiedNode.Shop);

        using HttpResponseMessage answer = await browser.Ask(
            "/widget",
            "GET",
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "iframe")
        );

        string page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("target=\"_top\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "frame-ancestors 'self'",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Preflight_passes_only_where_the_application_says_so()
    {
        using ApplicationBrowser shop = new(Node, Node.NewBrowser(), ProxiedNode.Shop);
        using ApplicationBrowser notes = new(Node, Node.NewBrowser(), ProxiedNode.Notes);
        (string, string)[] preflight =
        [
            ("Origin", "https://other.example.com"),
            ("Access-Control-Request-Method", "PUT"),
        ];

        using HttpResponseMessage refused = await shop.Ask("/api", "OPTIONS", preflight);
        using HttpResponseMessage passed = await notes.Ask("/api", "OPTIONS", preflight);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal("", passed.Headers.GetValues("Remote-User").Single());
        Assert.Equal("", passed.Headers.GetValues("X-SessionAuth-Assertion").Single());
    }

    [Fact]
    public async Task Ended_session_is_refused_at_each_application_at_the_next_request()
    {
        BrowserClient pages = await proxied.SignedIn();
        using ApplicationBrowser shop = new(Node, pages, ProxiedNode.Shop);
        using ApplicationBrowser wiki = new(Node, pages, ProxiedNode.Wiki);
        await shop.SignIn();
        await wiki.SignIn();
        Assert.True(await shop.Passes() && await wiki.Passes());

        using HttpResponseMessage signedOut = await pages.Post("/logout");
        signedOut.EnsureSuccessStatusCode();

        Assert.False(await shop.Passes());
        Assert.False(await wiki.Passes());
    }

    [Fact]
    public async Task Access_that_the_user_ends_in_the_list_of_devices_ends_at_that_application_alone()
    {
        BrowserClient pages = await proxied.SignedIn();
        using ApplicationBrowser shop = new(Node, pages, ProxiedNode.Shop);
        using ApplicationBrowser wiki = new(Node, pages, ProxiedNode.Wiki);
        await shop.SignIn();
        await wiki.SignIn();
        JsonElement list = await pages.Get("/sessions").Answered(HttpStatusCode.OK);
        JsonElement session = list.GetProperty("sessions")[0];
        string[] names =
        [
            .. session
                .GetProperty("applications")
                .EnumerateArray()
                .Select(application => application.GetProperty("name").GetString()!),
        ];

        using HttpResponseMessage ended = await pages.Delete(
            $"/sessions/{session.GetProperty("id").GetString()}/applications/shop"
        );

        Assert.Equal(["The shop", "The wiki"], names);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.False(await shop.Passes());
        Assert.True(await wiki.Passes());
        Assert.True(await pages.IsSignedIn());
    }

    [Fact(DisplayName = "S-49 Cookie of one application opens neither another one nor the account")]
    public async Task Cookie_of_one_application_opens_nothing_else()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        using ApplicationBrowser wiki = new(Node, Node.NewBrowser(), ProxiedNode.Wiki);
        using BrowserClient account = Node.NewBrowser();
        wiki.AtApplication.Cookies["__Host-sessionauth"] = shop.Cookie!;
        foreach (string name in new[] { "accessToken", "refreshToken", "__Host-sessionauth" })
            account.Cookies[name] = shop.Cookie!;

        Assert.False(await wiki.Passes());
        Assert.False(await account.IsSignedIn());
        using HttpResponseMessage me = await account.Get("/me");
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
        Assert.True(await shop.Passes());
    }

    [Fact(DisplayName = "S-49 Tokens of the account open no application")]
    public async Task Tokens_of_the_account_open_no_application()
    {
        BrowserClient pages = await proxied.SignedIn();
        using ApplicationBrowser shop = new(Node, pages, ProxiedNode.Shop);
        foreach (string token in new[] { pages.AccessToken!, pages.RefreshToken! })
        {
            shop.AtApplication.Cookies["__Host-sessionauth"] = token;
            Assert.False(await shop.Passes());
            using HttpResponseMessage bearer = await shop.Ask(
                "/",
                "GET",
                ("Authorization", $"Bearer {token}")
            );
            Assert.Equal(HttpStatusCode.Unauthorized, bearer.StatusCode);
        }
    }

    [Fact(DisplayName = "S-49 Altered cookie of an application is refused, wherever it is altered")]
    public async Task Altered_cookie_of_an_application_is_refused()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        string cookie = shop.Cookie!;
        for (int i = 0; i < cookie.Length; i++)
        {
            char other = cookie[i] == 'A' ? 'B' : 'A';
            shop.AtApplication.Cookies["__Host-sessionauth"] =
                cookie[..i] + other + cookie[(i + 1)..];
            Assert.False(await shop.Passes(), $"Character {i} is not checked.");
        }
    }

    [Fact]
    public async Task Cookie_that_comes_twice_is_as_none()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        string cookie = shop.Cookie!;
        shop.AtApplication.Cookies["__Host-sessionauth"] = $"{cookie}; __Host-sessionauth={cookie}";

        Assert.False(await shop.Passes());
    }

    [Fact]
    public async Task Application_that_asks_for_a_second_factor_lets_nobody_in_without()
    {
        using ApplicationBrowser bank = new(Node, await proxied.SignedIn(), ProxiedNode.Bank);

        using HttpResponseMessage asked = await bank.Navigate("/");
        using HttpResponseMessage toProvider = await bank.AtApplication.Get(
            ApplicationBrowser.PathOf(asked)
        );
        using HttpResponseMessage answer = await bank.Pages.Get(
            ApplicationBrowser.PathOf(toProvider)
        );

        // To the pages, not back to the application.
        Assert.DoesNotContain(
            "bank.example.com/.sessionauth",
            answer.Headers.Location!.OriginalString.Split('?')[0],
            StringComparison.Ordinal
        );
        Assert.False(await bank.Passes());
    }

    [Fact]
    public async Task Check_counts_as_use_of_the_session()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        DateTimeOffset before = await LastSeen(shop.Pages);
        await proxied.Advance(TimeSpan.FromMinutes(5));

        await Eventually.Holds(async () =>
        {
            Assert.True(await shop.Passes());
            return await LastSeen(shop.Pages) > before + TimeSpan.FromMinutes(4);
        });
    }

    private static async Task<DateTimeOffset> LastSeen(BrowserClient pages)
    {
        JsonElement list = await pages.Get("/sessions").Answered(HttpStatusCode.OK);
        return list.GetProperty("sessions")[0].GetProperty("lastSeenAt").GetDateTimeOffset();
    }
}
