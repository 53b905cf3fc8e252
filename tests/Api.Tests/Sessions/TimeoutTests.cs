using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

public sealed class TimeoutTests(OwnNode own) : IClassFixture<OwnNode>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    private RunningNode Node => own.Node;

    [Theory(
        DisplayName = "S-18 A session that is not used ends: after 30 days, or 24 hours where it was not to be remembered"
    )]
    [InlineData(true, 30)]
    [InlineData(false, 1)]
    public async Task A_session_that_is_not_used_ends(bool remember, int days)
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);
        await browser.Login(address, remember: remember);

        Node.Clock.Advance((days * Day) - AMinute);
        bool used = await browser.IsSignedIn();
        Node.Clock.Advance((days * Day) - AMinute);
        bool usedAgain = await browser.IsSignedIn();
        Node.Clock.Advance(days * Day);

        Assert.True(used);
        Assert.True(usedAgain);
        Assert.False(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-18 No use and no refresh passes the absolute end, 90 days after the sign-in"
    )]
    public async Task No_refresh_passes_the_absolute_end()
    {
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(People.NewAddress());
        DateTimeOffset created = (await Current(browser)).CreatedAt;
        for (int day = 1; day < 90; day++)
        {
            Node.Clock.Advance(Day);
            (await browser.Post("/refresh")).EnsureSuccessStatusCode();
            Assert.True(await browser.IsSignedIn());
        }

        Assert.Equal(created + (90 * Day), (await Current(browser)).ExpiresAt);
        Node.Clock.Advance(Day);

        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Where_the_session_is_not_to_be_remembered_the_cookies_end_with_the_browser()
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);

        using HttpResponseMessage brief = await browser.Login(address, remember: false);
        using HttpResponseMessage refreshed = await browser.Post("/refresh");
        using HttpResponseMessage lasting = await browser.Login(address, remember: true);

        Assert.DoesNotContain("Max-Age", Cookies(brief), StringComparison.Ordinal);
        Assert.DoesNotContain("Max-Age", Cookies(refreshed), StringComparison.Ordinal);
        Assert.Contains("Max-Age=2592000;", Cookies(lasting), StringComparison.Ordinal);
    }

    private static string Cookies(HttpResponseMessage response) =>
        string.Join('\n', response.Headers.GetValues("Set-Cookie"));

    private static async Task<DeviceListing.Live> Current(BrowserClient browser) =>
        Assert.Single((await DeviceListing.Of(browser)).Sessions);
}
