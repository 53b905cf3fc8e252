using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests;

/// <summary>
/// The pages and the API at their two hosts, through Caddy, in a browser that trusts its certificate authority.
/// </summary>
[Collection(DomainSuite.Name)]
public sealed partial class DomainTests(DomainFixture domain)
{
    private const float WithinASecond = 1000;

    [Fact(
        DisplayName = "S-19 Page at one host shows within a second that its session was ended through the other"
    )]
    public async Task Page_at_one_host_shows_within_a_second_that_its_session_was_ended_through_the_other()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await domain.NewVisitor();
        await using Visitor phone = await domain.NewVisitor(
            new() { UserAgent = UserAgents.Iphone }
        );
        await laptop.Register(email);
        await phone.SignIn(email);
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
        Assert.Empty(laptop.ConsoleErrors);
        Assert.Empty(phone.ConsoleErrors);
    }

    [Fact(
        DisplayName = "S-06 Cookies belong to the API host only and are __Host-, Secure, HttpOnly and SameSite=Lax"
    )]
    public async Task Cookies_belong_to_the_API_host_only_and_are_Host_Secure_HttpOnly_and_SameSite_Lax()
    {
        await using Visitor visitor = await domain.NewVisitor();
        await visitor.Register(Visitor.NewEmail());

        IReadOnlyList<BrowserContextCookiesResult> cookies = await visitor.Context.CookiesAsync();

        Assert.Equal(
            ["__Host-accessToken", "__Host-deviceToken", "__Host-refreshToken"],
            cookies.Select(cookie => cookie.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(
            cookies,
            cookie =>
            {
                // A leading dot would mean a Domain attribute.
                Assert.Equal("api.nodeauth.dev", cookie.Domain);
                Assert.Equal("/", cookie.Path);
                Assert.True(cookie.Secure);
                Assert.True(cookie.HttpOnly);
                Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
            }
        );
    }

    [Fact]
    public async Task Browser_that_does_not_trust_the_certificate_authority_loads_nothing()
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
