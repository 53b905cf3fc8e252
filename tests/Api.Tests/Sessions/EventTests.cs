using System.Diagnostics;
using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>The stream that tells a page when its session ends.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class EventTests(SharedNode shared)
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    public static TheoryData<string, string> Endings =>
        new()
        {
            { "another ends it", "revoked-by-user" },
            { "another ends all", "revoked-by-user" },
            { "it signs out", "signed-out" },
            { "it signs in again", "signed-in-again" },
        };

    [Theory(
        DisplayName = "S-19 A stream tells the reason and ends within a second of the revocation; opened again it is 401"
    )]
    [MemberData(nameof(Endings))]
    public async Task A_stream_tells_the_reason_and_ends(string ending, string reason)
    {
        string address = People.NewAddress();
        using BrowserClient other = shared.Node.NewBrowser();
        using BrowserClient browser = shared.Node.NewBrowser();
        await other.Register(address);
        await browser.Login(address);
        string session = await browser.SessionId();
        (string? access, string? refresh) = (browser.AccessToken, browser.RefreshToken);
        using EventReader events = await EventReader.Open(browser);

        Task<HttpResponseMessage> end = ending switch
        {
            "another ends it" => other.Delete($"/sessions/{session}"),
            "another ends all" => other.Delete("/sessions"),
            "it signs out" => browser.Post("/logout"),
            _ => browser.Login(address),
        };
        using HttpResponseMessage ended = await end;
        ended.EnsureSuccessStatusCode();
        Stopwatch since = Stopwatch.StartNew();
        string[] lines = await events.ToTheEnd();

        Assert.Equal(["event: revoked", $$"""data: {"reason":"{{reason}}"}"""], lines);
        Assert.True(since.Elapsed < s_second, $"{since.Elapsed}");
        (browser.AccessToken, browser.RefreshToken) = (access, refresh);
        using HttpResponseMessage again = await browser.Get("/sessions/events");
        await Problem.Is(again, HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task A_stolen_token_that_comes_back_ends_the_stream_with_its_reason()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["REFRESH_GRACE"] = "00:00:00" }
        );
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());
        string stolen = browser.RefreshToken!;
        await browser.Post("/refresh");
        using EventReader events = await EventReader.Open(browser);

        using BrowserClient thief = node.NewBrowser();
        thief.RefreshToken = stolen;
        await thief.Post("/refresh");

        string[] lines = await events.ToTheEnd();
        Assert.Equal("""data: {"reason":"refresh-token-reuse"}""", lines[1]);
    }

    [Fact(
        DisplayName = "S-51 A sixth stream of a session is 429, and a closed one frees its place within a second"
    )]
    public async Task A_sixth_stream_is_429()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewAddress());
        EventReader[] open =
        [
            await EventReader.Open(browser),
            await EventReader.Open(browser),
            await EventReader.Open(browser),
            await EventReader.Open(browser),
            await EventReader.Open(browser),
        ];

        using HttpResponseMessage sixth = await browser.Get("/sessions/events");
        await Problem.Is(sixth, HttpStatusCode.TooManyRequests, "too-many-streams");
        Assert.True(sixth.Headers.RetryAfter?.Delta > TimeSpan.Zero);

        using BrowserClient another = shared.Node.NewBrowser();
        await another.Register(People.NewAddress());
        using (await EventReader.Open(another)) { }

        open[2].Dispose();
        await Eventually.Holds(
            s_second,
            async () =>
            {
                using HttpRequestMessage request = new(HttpMethod.Get, "/sessions/events");
                using HttpResponseMessage response = await browser.Send(
                    request,
                    completion: HttpCompletionOption.ResponseHeadersRead
                );
                return response.StatusCode == HttpStatusCode.OK;
            }
        );
        foreach (EventReader reader in open)
            reader.Dispose();
    }

    [Fact]
    public async Task An_open_stream_is_no_use_of_the_session_and_ends_when_it_expires()
    {
        await using RunningNode node = await RunningNode.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());
        using EventReader events = await EventReader.Open(browser);
        node.Clock.Advance(TimeSpan.FromDays(31));

        // The session is asked again at the next sign of life, fifteen seconds from the first.
        Task<string[]> end = events.ToTheEnd();
        string[] lines = await end.WaitAsync(TimeSpan.FromSeconds(25));
        Assert.Equal("""data: {"reason":"expired"}""", lines[1]);
    }
}
