using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

public sealed class TimeoutTests(OwnNode own) : IClassFixture<OwnNode>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    private RunningNode Node => own.Node;

    [Theory(
        DisplayName = "S-18 An unused session ends after 30 days, or after 24 hours without remembering"
    )]
    [InlineData(true, 30)]
    [InlineData(false, 1)]
    public async Task Unused_session_ends(bool remember, int days)
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);
        await browser.Login(email, remember: remember);

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
        DisplayName = "S-18 Neither use nor refresh extends a session beyond 90 days after the sign-in"
    )]
    public async Task Refresh_does_not_extend_a_session_beyond_the_absolute_timeout()
    {
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(People.NewEmail());
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
    public async Task Cookies_without_remember_me_end_with_the_browser()
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);

        using HttpResponseMessage brief = await browser.Login(email, remember: false);
        using HttpResponseMessage refreshed = await browser.Post("/refresh");
        using HttpResponseMessage lasting = await browser.Login(email, remember: true);

        Assert.DoesNotContain("Max-Age", Cookies(brief), StringComparison.Ordinal);
        Assert.DoesNotContain("Max-Age", Cookies(refreshed), StringComparison.Ordinal);
        Assert.Contains("Max-Age=2592000;", Cookies(lasting), StringComparison.Ordinal);
    }

    private static string Cookies(HttpResponseMessage response) =>
        string.Join('\n', response.Headers.GetValues("Set-Cookie"));

    private static async Task<DeviceListing.Live> Current(BrowserClient browser) =>
        Assert.Single((await DeviceListing.Of(browser)).Sessions);
}
