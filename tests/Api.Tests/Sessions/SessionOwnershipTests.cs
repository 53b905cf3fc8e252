using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

[Collection(SharedNodeTests.Name)]
public sealed class SessionOwnershipTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-21 Another user's session is answered as an unknown one and stays signed in"
    )]
    public async Task Session_of_another_user_is_answered_as_an_unknown_one()
    {
        using BrowserClient ada = await SignedIn();
        using BrowserClient grace = await SignedIn();
        string session = await grace.SessionId();

        using HttpResponseMessage others = await ada.Delete($"/sessions/{session}");
        using HttpResponseMessage unknown = await ada.Delete("/sessions/AAAAAAAAAAAAAAAAAAAAAA");

        await Problem.Is(others, HttpStatusCode.NotFound, "session-not-found");
        Assert.Equal(
            await unknown.Content.ReadAsStringAsync(),
            await others.Content.ReadAsStringAsync()
        );
        Assert.True(await grace.IsSignedIn());
    }

    [Fact(DisplayName = "S-21 Another user's ended session is answered as an unknown one too")]
    public async Task Ended_session_of_another_user_is_answered_as_an_unknown_one()
    {
        using BrowserClient ada = await SignedIn();
        using BrowserClient grace = await SignedIn();
        string session = await grace.SessionId();
        await grace.Post("/logout");

        using HttpResponseMessage others = await ada.Delete($"/sessions/{session}");

        await Problem.Is(others, HttpStatusCode.NotFound, "session-not-found");
    }

    [Fact(
        DisplayName = "S-21 Listing and ending all sessions concern the caller's own sessions only"
    )]
    public async Task Listing_and_ending_all_sessions_concern_own_sessions_only()
    {
        using BrowserClient ada = await SignedIn();
        using BrowserClient grace = await SignedIn();

        await ada.Delete("/sessions?include=current");

        Assert.True(await grace.IsSignedIn());
        DeviceListing list = await DeviceListing.Of(grace);
        Assert.Equal(await grace.SessionId(), Assert.Single(list.Sessions).Id);
        Assert.Empty(list.Ended);
    }

    [Fact]
    public async Task Ending_an_own_ended_session_again_is_204_and_keeps_the_first_reason()
    {
        string email = People.NewEmail();
        using BrowserClient laptop = await SignedIn(email);
        using BrowserClient phone = shared.Node.NewBrowser();
        await phone.Login(email);
        string session = await phone.SessionId();
        await phone.Post("/logout");

        using HttpResponseMessage again = await laptop.Delete($"/sessions/{session}");
        using HttpResponseMessage andAgain = await laptop.Delete($"/sessions/{session}");

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, andAgain.StatusCode);
        Assert.Equal("signed-out", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task List_has_device_start_time_and_the_current_session()
    {
        const string Firefox =
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        const string IPhone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
            + "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
        string email = People.NewEmail();
        using BrowserClient laptop = shared.Node.NewBrowser(Firefox);
        using BrowserClient phone = shared.Node.NewBrowser(IPhone);
        await laptop.Register(email);
        await phone.Login(email);

        DeviceListing list = await DeviceListing.Of(phone);

        Assert.Equal(
            [("Firefox 140", "Linux", false), ("Safari 18", "iPhone", true)],
            list.Sessions.Select(device => (device.Browser, device.System, device.Current))
        );
        Assert.All(
            list.Sessions,
            device =>
            {
                Assert.Equal("127.0.0.1", device.Ip);
                Assert.InRange(device.LastSeenAt, device.CreatedAt, device.ExpiresAt);
                Assert.Equal(device.LastSeenAt + TimeSpan.FromDays(30), device.ExpiresAt);
            }
        );
    }

    [Theory(DisplayName = "S-52 The User-Agent of a browser is listed as harmless text")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("<img/1.0 onerror=alert(1)>")]
    [InlineData("javascript:alert(1)//1.0")]
    [InlineData("Mozilla/5.0 (<b>Windows</b>) Chrome/<script>1</script>")]
    [InlineData("{{constructor.constructor('alert(1)')()}}")]
    public async Task User_Agent_is_listed_as_harmless_text(string agent)
    {
        using BrowserClient browser = shared.Node.NewBrowser(agent);
        await browser.Register(People.NewEmail());

        using HttpResponseMessage response = await browser.Get("/sessions");
        DeviceListing.Live device = Assert.Single((await DeviceListing.Of(browser)).Sessions);

        string body = await response.Content.ReadAsStringAsync();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<", body, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9 .-]{1,40}$", device.Browser);
        Assert.Matches("^[A-Za-z0-9 .-]{1,40}$", device.System);
    }

    private async Task<BrowserClient> SignedIn(string? email = null)
    {
        BrowserClient browser = shared.Node.NewBrowser();
        (await browser.Register(email ?? People.NewEmail())).EnsureSuccessStatusCode();
        return browser;
    }
}
