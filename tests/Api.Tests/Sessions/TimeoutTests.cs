<<<<<<< HEAD
using System.Net;
using System.Text.Json;
=======
>>>>>>> tests-t2
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

<<<<<<< HEAD
/// <summary>Sessions that end by themselves.</summary>
public sealed class TimeoutTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.Start();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(DisplayName = "S-18 A session that is not used for thirty days has ended")]
    public async Task A_session_that_is_not_used_has_ended()
    {
        string address = People.NewAddress();
        using BrowserClient idle = _node.NewBrowser();
        await idle.Register(address);
        string session = await idle.SessionId();
        _node.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        Assert.True(await idle.IsSignedIn());
        _node.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));
        Assert.False(await idle.IsSignedIn());

        using BrowserClient other = _node.NewBrowser();
        await other.Login(address);
        Assert.Equal("expired", await DevicesSeen.ReasonOf(session, other));
    }

    [Fact(DisplayName = "S-18 No use and no refresh carries a session past ninety days")]
    public async Task Nothing_carries_a_session_past_its_absolute_end()
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewAddress());
        for (int day = 10; day < 90; day += 10)
        {
            _node.Clock.Advance(TimeSpan.FromDays(10));
            using HttpResponseMessage refreshed = await browser.Post("/refresh");
            Assert.Equal(HttpStatusCode.NoContent, refreshed.StatusCode);
            Assert.True(await browser.IsSignedIn());
        }

        (JsonElement[] live, _) = await DevicesSeen.Of(browser);
        JsonElement mine = Assert.Single(live);
        Assert.Equal(
            TimeSpan.FromDays(90),
            mine.GetProperty("expiresAt").GetDateTimeOffset()
                - mine.GetProperty("createdAt").GetDateTimeOffset()
        );
        _node.Clock.Advance(TimeSpan.FromDays(10));
        using HttpResponseMessage late = await browser.Post("/refresh");
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        Assert.False(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-18 A session that is not to be remembered ends after a day without use")]
    public async Task A_brief_session_ends_after_a_day()
    {
        string address = People.NewAddress();
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(address);
        await browser.Login(address, remember: false);
        _node.Clock.Advance(TimeSpan.FromHours(23));
        Assert.True(await browser.IsSignedIn());
        _node.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
=======
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

>>>>>>> tests-t2
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
<<<<<<< HEAD
    public async Task An_access_token_is_good_for_a_quarter_of_an_hour()
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewAddress());
        browser.RefreshToken = null;
        _node.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await browser.IsSignedIn());
        _node.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Signing_out_takes_tokens_whose_only_fault_is_their_age()
    {
        string address = People.NewAddress();
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(address);
        string session = await browser.SessionId();
        browser.RefreshToken = null;
        _node.Clock.Advance(TimeSpan.FromDays(1));

        using HttpResponseMessage logout = await browser.Post("/logout");

        Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        using BrowserClient other = _node.NewBrowser();
        await other.Login(address);
        Assert.Equal("signed-out", await DevicesSeen.ReasonOf(session, other));
    }
=======
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
>>>>>>> tests-t2
}
