using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Ending sessions, one's own and no others.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class RevocationTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-19 A session that another one has revoked is refused at once, by each of its tokens"
    )]
    public async Task A_session_that_another_one_has_revoked_is_refused_at_once()
    {
        string address = People.NewAddress();
        using BrowserClient laptop = shared.Node.NewBrowser();
        using BrowserClient phone = shared.Node.NewBrowser();
        await laptop.Register(address);
        await phone.Login(address);
        string session = await phone.SessionId();

        using HttpResponseMessage revoked = await laptop.Delete($"/sessions/{session}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.False(await phone.IsSignedIn());
        using HttpResponseMessage refresh = await phone.Post("/refresh");
        Assert.Equal(HttpStatusCode.Unauthorized, refresh.StatusCode);
        Assert.True(await laptop.IsSignedIn());
        Assert.Equal("revoked-by-user", await DevicesSeen.ReasonOf(session, laptop));

        using HttpResponseMessage again = await laptop.Delete($"/sessions/{session}");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact(DisplayName = "S-21 Another's session is as unknown, and lives on")]
    public async Task Anothers_session_is_as_unknown()
    {
        using BrowserClient ada = shared.Node.NewBrowser();
        using BrowserClient bob = shared.Node.NewBrowser();
        await ada.Register(People.NewAddress());
        await bob.Register(People.NewAddress());
        string bobs = await bob.SessionId();

        using HttpResponseMessage anothers = await ada.Delete($"/sessions/{bobs}");
        using HttpResponseMessage unknown = await ada.Delete("/sessions/AAAAAAAAAAAAAAAAAAAAAA");

        await Problem.Is(anothers, HttpStatusCode.NotFound, "session-not-found");
        Assert.Equal(
            await unknown.Content.ReadAsStringAsync(),
            await anothers.Content.ReadAsStringAsync()
        );
        await ada.Delete("/sessions?include=current");
        Assert.True(await bob.IsSignedIn());
        (JsonElement[] live, _) = await DevicesSeen.Of(bob);
        Assert.Single(live);
    }

    [Fact]
    public async Task All_other_sessions_end_and_this_one_goes_on()
    {
        string address = People.NewAddress();
        using BrowserClient mine = shared.Node.NewBrowser();
        using BrowserClient phone = shared.Node.NewBrowser();
        using BrowserClient tablet = shared.Node.NewBrowser();
        await mine.Register(address);
        await phone.Login(address);
        await tablet.Login(address);

        using HttpResponseMessage response = await mine.Delete("/sessions");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(await mine.IsSignedIn());
        Assert.False(await phone.IsSignedIn());
        Assert.False(await tablet.IsSignedIn());
        (JsonElement[] live, JsonElement[] ended) = await DevicesSeen.Of(mine);
        Assert.Single(live);
        Assert.All(
            ended,
            past => Assert.Equal("revoked-by-user", past.GetProperty("reason").GetString())
        );
        Assert.Equal(2, ended.Length);
    }

    [Theory]
    [InlineData("/sessions?include=current")]
    [InlineData("/sessions/{id}")]
    public async Task A_session_that_ends_itself_has_signed_out_and_its_cookies_are_cleared(
        string path
    )
    {
        string address = People.NewAddress();
        using BrowserClient mine = shared.Node.NewBrowser();
        await mine.Register(address);
        string session = await mine.SessionId();
        (string? access, string? refresh) = (mine.AccessToken, mine.RefreshToken);

        using HttpResponseMessage response = await mine.Delete(
            path.Replace("{id}", session, StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(mine.Cookies);
        (mine.AccessToken, mine.RefreshToken) = (access, refresh);
        Assert.False(await mine.IsSignedIn());
        await mine.Login(address);
        Assert.Equal("signed-out", await DevicesSeen.ReasonOf(session, mine));
    }

    [Fact(
        DisplayName = "S-22 Every live session is listed, the one that asks is marked, and the last ten that ended are told"
    )]
    public async Task Every_live_session_is_listed()
    {
        string address = People.NewAddress();
        using BrowserClient mine = shared.Node.NewBrowser();
        await mine.Register(address);
        for (int i = 0; i < 12; i++)
        {
            using BrowserClient other = shared.Node.NewBrowser();
            await other.Login(address);
            await other.Post("/logout");
        }

        using BrowserClient second = shared.Node.NewBrowser(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        );
        await second.Login(address);

        (JsonElement[] live, JsonElement[] ended) = await DevicesSeen.Of(second);
        Assert.Equal(2, live.Length);
        JsonElement current = live.Single(session => session.GetProperty("current").GetBoolean());
        Assert.Equal(await second.SessionId(), current.GetProperty("id").GetString());
        Assert.Equal("Firefox 140", current.GetProperty("browser").GetString());
        Assert.Equal("Linux", current.GetProperty("system").GetString());
        Assert.Equal("127.0.0.1", current.GetProperty("ip").GetString());
        Assert.EndsWith(
            "+00:00",
            current.GetProperty("createdAt").GetString()!,
            StringComparison.Ordinal
        );
        Assert.Equal(10, ended.Length);
        Assert.All(
            ended,
            past => Assert.Equal("signed-out", past.GetProperty("reason").GetString())
        );
    }

    [Fact(DisplayName = "S-52 A browser that calls itself by markup is listed without it")]
    public async Task A_browser_that_calls_itself_by_markup_is_listed_without_it()
    {
        string[] agents =
        [
            "<img src=x onerror=alert(1)>",
            "<script>/1.0",
            "\"';--/2",
            "Chrome/<b>",
            new string('A', 3000) + "/1",
        ];
        foreach (string agent in agents)
        {
            using BrowserClient browser = shared.Node.NewBrowser(agent);
            await browser.Register(People.NewAddress());
            (JsonElement[] live, _) = await DevicesSeen.Of(browser);
            string name = live[0].GetProperty("browser").GetString()!;
            Assert.True(name.Length <= 48);
            Assert.All(
                name,
                c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-', name)
            );
        }
    }

    [Fact(
        DisplayName = "S-22 The session beyond the limit ends the one that was created first, before it is answered"
    )]
    public async Task The_session_beyond_the_limit_ends_the_first()
    {
        await using RunningNode node = await RunningNode.Start();
        string address = People.NewAddress();
        using BrowserClient first = node.NewBrowser();
        using BrowserClient second = node.NewBrowser();
        await first.Register(address);
        await second.Login(address);
        string oldest = await first.SessionId();
        for (int i = 2; i < 100; i++)
        {
            using BrowserClient other = node.NewBrowser();
            await other.Login(address);
        }

        Assert.True(await first.IsSignedIn());
        using BrowserClient last = node.NewBrowser();
        await last.Login(address);

        Assert.False(await first.IsSignedIn());
        Assert.True(await second.IsSignedIn());
        (JsonElement[] live, _) = await DevicesSeen.Of(last);
        Assert.Equal(100, live.Length);
        Assert.Equal("session-limit", await DevicesSeen.ReasonOf(oldest, last));
    }
}
