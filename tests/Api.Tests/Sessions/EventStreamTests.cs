using System.Diagnostics;
using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

public sealed class EventStreamTests(OwnNode own) : IClassFixture<OwnNode>
{
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    [Theory(
        DisplayName = "S-19 A stream tells within a second why its session ended, closes, and cannot be opened again"
    )]
    [InlineData("revoked-by-user")]
    [InlineData("signed-out")]
    [InlineData("signed-in-again")]
    [InlineData("refresh-token-reuse")]
    public async Task Stream_tells_why_its_session_ended_and_closes(string reason)
    {
        string email = People.NewEmail();
        using BrowserClient page = await SignedIn(email);
        using BrowserClient other = own.Node.NewBrowser();
        await other.Login(email);
        using BrowserClient tab = TabOf(page);
        using OpenStream stream = await OpenStream.Of(tab);
        Stopwatch clock = Stopwatch.StartNew();

        switch (reason)
        {
            case "revoked-by-user":
                await other.Delete("/sessions");
                break;
            case "signed-out":
                await page.Post("/logout");
                break;
            case "signed-in-again":
                await page.Login(email);
                Assert.True(await page.IsSignedIn());
                break;
            default:
                await ComeBackTwice(page);
                break;
        }

        TimeSpan answered = clock.Elapsed;
        IReadOnlyList<string> lines = await stream.Rest();
        Assert.Equal(["event: revoked", $$"""data: {"reason":"{{reason}}"}"""], lines);
        Assert.InRange(clock.Elapsed - answered, TimeSpan.Zero, ASecond);
        using HttpResponseMessage reopened = await OpenStream.Ask(tab);
        await Problem.Is(reopened, HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact(
        DisplayName = "S-51 A sixth stream of a session is 429, and a closed stream can be replaced within a second"
    )]
    public async Task Sixth_stream_is_429_until_another_one_is_closed()
    {
        using BrowserClient page = await SignedIn(People.NewEmail());
        List<OpenStream> streams = [];
        for (int i = 0; i < 5; i++)
            streams.Add(await OpenStream.Of(page));

        using HttpResponseMessage sixth = await OpenStream.Ask(page);
        streams[0].Dispose();
        Stopwatch clock = Stopwatch.StartNew();
        HttpStatusCode next;
        do
        {
            using HttpResponseMessage response = await OpenStream.Ask(page);
            next = response.StatusCode;
        } while (next == HttpStatusCode.TooManyRequests && clock.Elapsed < ASecond);

        await Problem.Is(sixth, HttpStatusCode.TooManyRequests, "too-many-streams");
        Assert.True(sixth.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, next);
        Assert.True(await page.IsSignedIn());
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Streams_of_other_sessions_do_not_count_against_the_limit()
    {
        using BrowserClient page = await SignedIn(People.NewEmail());
        using BrowserClient other = await SignedIn(People.NewEmail());
        List<OpenStream> streams = [];
        for (int i = 0; i < 5; i++)
            streams.Add(await OpenStream.Of(page));

        using OpenStream others = await OpenStream.Of(other);

        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Stream_closes_when_its_node_stops()
    {
        RunningNode node = await RunningNode.Start();
        using BrowserClient page = node.NewBrowser();
        await page.Register(People.NewEmail());
        using OpenStream stream = await OpenStream.Of(page);

        Task<IReadOnlyList<string>> rest = stream.Rest();
        await node.DisposeAsync();

        Assert.Empty(await rest);
    }

    private async Task<BrowserClient> SignedIn(string email)
    {
        BrowserClient browser = own.Node.NewBrowser();
        (await browser.Register(email)).EnsureSuccessStatusCode();
        return browser;
    }

    private BrowserClient TabOf(BrowserClient page)
    {
        BrowserClient tab = own.Node.NewBrowser();
        (tab.AccessToken, tab.RefreshToken) = (page.AccessToken, page.RefreshToken);
        return tab;
    }

    private async Task ComeBackTwice(BrowserClient page)
    {
        using BrowserClient copy = TabOf(page);
        await page.Post("/refresh");
        await page.Get("/test");
        own.Node.Clock.Advance(TimeSpan.FromSeconds(130));
        await copy.Post("/refresh");
    }
}
