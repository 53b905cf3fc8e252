using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The pages and the API at their two hosts, through Caddy, in a browser that trusts its authority.</summary>
[Collection(DomainSuite.Name)]
public sealed partial class DomainTests(DomainFixture domain)
{
    private const float WithinASecond = 1000;

    [Fact(
        DisplayName = "S-19 A page at one host hears within a second that its session at the other has been ended"
    )]
    public async Task A_page_hears_within_a_second_that_its_session_has_been_ended()
    {
        string address = Visitor.NewAddress();
        await using Visitor laptop = await domain.NewVisitor();
        await using Visitor phone = await domain.NewVisitor(
            new() { UserAgent = UserAgents.Iphone }
        );
        await laptop.Register(address);
        await phone.SignIn(address);
        await laptop.Page.ReloadAsync();
        IPage test = await phone.Context.NewPageAsync();
        IResponse live = (await test.GotoAsync(CaddyProcess.Api + "/test"))!;
        Assert.Equal(200, live.Status);
        Assert.Matches(SignedIn(), await live.TextAsync());

        await laptop
            .Page.GetByRole(AriaRole.Button, new() { Name = "End the session of Safari 18" })
            .ClickAsync();

        await Assertions
            .Expect(
                phone.Page.GetByText("This session was ended from another of your devices.").First
            )
            .ToBeVisibleAsync(new() { Timeout = WithinASecond });
        Assert.Equal(401, (await test.ReloadAsync())!.Status);
        Assert.Empty(laptop.Complaints);
        Assert.Empty(phone.Complaints);
    }

    [Fact(
        DisplayName = "S-06 The cookies are the API host's alone: __Host-, Secure, HttpOnly, SameSite=Lax"
    )]
    public async Task The_cookies_are_the_api_hosts_alone()
    {
        await using Visitor visitor = await domain.NewVisitor();
        await visitor.Register(Visitor.NewAddress());

        IReadOnlyList<BrowserContextCookiesResult> cookies = await visitor.Context.CookiesAsync();

        Assert.Equal(
            ["__Host-accessToken", "__Host-deviceToken", "__Host-refreshToken"],
            cookies.Select(cookie => cookie.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(
            cookies,
            cookie =>
            {
                // A dot before it would be a Domain attribute.
                Assert.Equal("api.nodeauth.dev", cookie.Domain);
                Assert.Equal("/", cookie.Path);
                Assert.True(cookie.Secure);
                Assert.True(cookie.HttpOnly);
                Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
            }
        );
    }

    [Fact]
    public async Task A_browser_that_does_not_trust_the_authority_goes_no_further()
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        string home = Directory.CreateTempSubdirectory("home-").FullName;
        await using (
            IBrowser stranger = await Chromium.Launch(
                playwright,
                home,
                $"--host-resolver-rules=MAP * 127.0.0.1:{domain.Caddy.HttpsPort}"
            )
        )
        {
            IPage page = await stranger.NewPageAsync();
            PlaywrightException refused = await Assert.ThrowsAsync<PlaywrightException>(() =>
                page.GotoAsync(CaddyProcess.Pages)
            );
            Assert.Contains(
                "ERR_CERT_AUTHORITY_INVALID",
                refused.Message,
                StringComparison.Ordinal
            );
        }

        Directory.Delete(home, recursive: true);
    }

    [GeneratedRegex("""^\{"userId":"[0-9a-f]{32}","sessionId":"[\w-]{22}"\}$""")]
    private static partial Regex SignedIn();
}
