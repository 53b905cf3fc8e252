using System.Net;
using System.Text.RegularExpressions;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>Where an authorization request leads.</summary>
[Collection(ProviderTests.Name)]
public sealed partial class RedirectTests(Provider provider)
{
    [Theory(
        DisplayName = "S-71 An address that is not exactly the client's own gets a page, and nobody goes anywhere"
    )]
    [InlineData("https://shop.example.com/callback/")]
    [InlineData("https://shop.example.com/Callback")]
    [InlineData("https://shop.example.com/callback?x=1")]
    [InlineData("https://shop.example.com/callback#")]
    [InlineData("https://shop.example.com/callback#x")]
    [InlineData("https://shop.example.com/callback%2e")]
    [InlineData("https://shop.example.com/%63allback")]
    [InlineData("https://shop.example.com/x/../callback")]
    [InlineData("https://shop.example.com//callback")]
    [InlineData("https://shop.example.com:443/callback")]
    [InlineData("https://shop.example.com:444/callback")]
    [InlineData("https://shop.example.com./callback")]
    [InlineData("https://SHOP.example.com/callback")]
    [InlineData("HTTPS://shop.example.com/callback")]
    [InlineData("http://shop.example.com/callback")]
    [InlineData("https://shop.example.com/callback/more")]
    [InlineData("https://shop.example.com/call")]
    [InlineData("https://shop.example.com")]
    [InlineData("https://x.shop.example.com/callback")]
    [InlineData("https://shop.example.com.evil.example/callback")]
    [InlineData("https://shop.example.com@evil.example/callback")]
    [InlineData("https://evil.example@shop.example.com/callback")]
    [InlineData("https://shop.example.com\\@evil.example/callback")]
    [InlineData("https://evil.example/callback")]
    [InlineData("https://wiki.example.com/callback")]
    [InlineData("//shop.example.com/callback")]
    [InlineData("/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://shop.example.com/callback\r\nX: y")]
    [InlineData(" https://shop.example.com/callback")]
    [InlineData("https://shop.example.com/callback ")]
    [InlineData("https://shop.example.com/callback\u00a0")]
    [InlineData("")]
    public async Task Other_address_gets_a_page(string address)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);

        await browser.Get(shop.AuthorizePath(("redirect_uri", address))).IsPage();
    }

    [Fact(DisplayName = "S-71 Two addresses in one request get a page")]
    public async Task Second_address_gets_a_page()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);

        await browser
            .Get(shop.AuthorizePath() + "&redirect_uri=https%3A%2F%2Fevil.example%2Fcallback")
            .IsPage();
        await browser
            .Get(
                shop.AuthorizePath()
                    + "&redirect_uri="
                    + Uri.EscapeDataString(provider.Shop.RedirectUri)
            )
            .IsPage();
    }

    [Theory(DisplayName = "S-71 An unknown client gets a page")]
    [InlineData("unknown")]
    [InlineData("SHOP")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Unknown_client_gets_a_page(string? client)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);

        string page = await browser.Get(shop.AuthorizePath(("client_id", client))).IsPage();

        Assert.DoesNotContain("openiddict", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory(DisplayName = "S-71 The loopback address of a public client matches whatever the port")]
    [InlineData("http://127.0.0.1:51000/callback", true)]
    [InlineData("http://127.0.0.1/callback", true)]
    [InlineData("http://127.0.0.1:51000/other", false)]
    [InlineData("http://127.0.0.1:51000@evil.example/callback", false)]
    [InlineData("http://127.0.0.1:51000.evil.example/callback", false)]
    [InlineData("http://127.0.0.2:51000/callback", false)]
    [InlineData("http://localhost:51000/callback", false)]
    [InlineData("https://127.0.0.1:51000/callback", false)]
    [InlineData("http://127.0.0.1:999999/callback", false)]
    public async Task Loopback_address_matches_whatever_the_port(string address, bool matches)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient tool = new(
            provider.Node.Url,
            provider.Tool with
            {
                RedirectUri = address,
            }
        );

        Task<HttpResponseMessage> answer = browser.Get(tool.AuthorizePath());

        if (matches)
            Assert.Contains("Continue to tool?", await answer.IsPage(HttpStatusCode.OK));
        else
            await answer.IsPage();
    }

    [Fact(
        DisplayName = "S-71 A program on the user's device gets a code only once its user has confirmed it, in this session"
    )]
    public async Task Program_on_the_device_is_confirmed()
    {
        using BrowserClient browser = await provider.SignedIn();
        using BrowserClient other = await provider.SignedIn();
        using ApplicationClient tool = provider.Client(provider.Tool);
        Assert.Equal(
            "interaction_required",
            (await tool.Authorize(browser, ("prompt", "none")))["error"]
        );
        string page = await browser.Get(tool.AuthorizePath()).IsPage(HttpStatusCode.OK);
        string link = Link().Match(page).Groups["path"].Value;

        string again = await other.Get(link).IsPage(HttpStatusCode.OK);
        Assert.Contains("Continue to tool?", again, StringComparison.Ordinal);

        using HttpResponseMessage answer = await browser.Get(link);
        await tool.Redeem(tool.Returned(answer)["code"]).Answered(HttpStatusCode.OK);
    }

    [GeneratedRegex("href=\"(?<path>/oauth/authorize[^\"]+)\"")]
    private static partial Regex Link();

    [Fact(DisplayName = "S-71 The answer names the issuer, also an error")]
    public async Task Answer_names_the_issuer()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);

        Dictionary<string, string> code = await shop.Authorize(browser);
        Dictionary<string, string> error = await shop.Authorize(
            browser,
            ("max_age", "0"),
            ("prompt", "none")
        );

        Assert.Equal(provider.Node.Url + "/", code["iss"]);
        Assert.Equal(provider.Node.Url + "/", error["iss"]);
        Assert.Equal(shop.State, error["state"]);
        Assert.Equal("interaction_required", error["error"]);
        Assert.DoesNotContain("error_uri", error);
    }

    [Fact(
        DisplayName = "S-71 A posted request is sent on by 303 with the request sealed, and then works"
    )]
    public async Task Posted_request_is_sealed()
    {
        using BrowserClient browser = await provider.SignedIn();
        browser.Origin = "https://shop.example.com";
        using ApplicationClient shop = provider.Client(provider.Shop);
        using HttpRequestMessage post = new(HttpMethod.Post, "/oauth/authorize")
        {
            Content = new FormUrlEncodedContent(shop.Request()!),
        };

        using HttpResponseMessage answer = await browser.Send(post);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        string location = answer.Headers.Location!.OriginalString;
        Assert.StartsWith("/oauth/authorize?resume=", location, StringComparison.Ordinal);
        using HttpResponseMessage resumed = await browser.Get(location);
        Assert.Contains("code", shop.Returned(resumed));
    }

    [Fact(
        DisplayName = "S-71 A sealed request that was changed, is for another endpoint or is older than an hour gets a page"
    )]
    public async Task Other_sealed_request_gets_a_page()
    {
        using BrowserClient browser = provider.Node.NewBrowser();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string sealedRequest = await browser.Get(shop.AuthorizePath()).LeadsTo("/login");
        char other = sealedRequest[^5] == 'A' ? 'B' : 'A';

        await browser
            .Get($"/oauth/authorize?resume={sealedRequest[..^5]}{other}{sealedRequest[^4..]}")
            .IsPage();
        await browser.Get($"/oauth/logout?resume={sealedRequest}").IsPage();
        await browser.Get($"/oauth/authorize?resume={sealedRequest}").LeadsTo("/login");
        await provider.Advance(TimeSpan.FromMinutes(61));
        await browser.Get($"/oauth/authorize?resume={sealedRequest}").IsPage();
    }

    [Fact]
    public async Task Request_object_is_refused()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);

        string page = await browser.Get(shop.AuthorizePath(("request", "e30.e30."))).IsPage();

        Assert.Contains("request_not_supported", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state", 2_048, true)]
    [InlineData("state", 2_049, false)]
    [InlineData("nonce", 256, true)]
    [InlineData("nonce", 257, false)]
    public async Task State_and_nonce_have_limits(string name, int length, bool isAccepted)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);

        Task<HttpResponseMessage> answer = browser.Get(
            shop.AuthorizePath((name, new string('x', length)))
        );

        if (isAccepted)
            Assert.Contains("code", shop.Returned(await answer));
        else
            await answer.IsPage();
    }
}
