using System.Net;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>What is left when the process is killed: everything that was answered.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly int _port = NodeProgram.FreePort();
    private NodeProgram _program = null!;

    private string Url => $"http://localhost:{_port}";

    public async Task InitializeAsync() => _program = await Start();

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact(
        DisplayName = "S-17 A generation that was rotated and confirmed is so after kill -9: the old token is found out"
    )]
    public async Task A_confirmed_generation_survives_kill_9()
    {
        using BrowserClient browser = new(Url);
        await browser.Register(People.NewAddress());
        string old = browser.RefreshToken!;
        Assert.Equal(HttpStatusCode.NoContent, await Refresh(browser));
        Assert.True(await browser.IsSignedIn());
        // The second rotation writes the confirmation of the first for good: it is two generations old then.
        await PassTheGrace();
        Assert.Equal(HttpStatusCode.NoContent, await Refresh(browser));

        await KillAndStart();

        using BrowserClient thief = new(Url);
        thief.RefreshToken = old;
        Assert.Equal(HttpStatusCode.Unauthorized, await Refresh(thief));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-17 A confirmation that was written by the way is there after kill -9: the token before is found out"
    )]
    public async Task A_confirmation_written_by_the_way_survives_kill_9()
    {
        using BrowserClient browser = new(Url);
        await browser.Register(People.NewAddress());
        string old = browser.RefreshToken!;
        string session = await browser.SessionId();
        Assert.Equal(HttpStatusCode.NoContent, await Refresh(browser));
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            async () => await browser.IsSignedIn() && IsConfirmed(session)
        );

        await KillAndStart();

        using BrowserClient thief = new(Url);
        thief.RefreshToken = old;
        Assert.Equal(HttpStatusCode.Unauthorized, await Refresh(thief));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-17 A lost answer is no harm after kill -9 either")]
    public async Task A_lost_answer_is_no_harm_after_kill_9()
    {
        using BrowserClient browser = new(Url);
        await browser.Register(People.NewAddress());
        using HttpRequestMessage lost = new(HttpMethod.Post, "/refresh");
        using HttpResponseMessage answer = await browser.Send(lost, keepCookies: false);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        await KillAndStart();

        Assert.Equal(HttpStatusCode.NoContent, await Refresh(browser));
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task What_was_answered_is_there_after_kill_9()
    {
        string address = People.NewAddress();
        using BrowserClient first = new(Url);
        using BrowserClient second = new(Url);
        using BrowserClient third = new(Url);
        await first.Register(address);
        await second.Login(address);
        await third.Login(address);
        string revoked = await second.SessionId();
        await first.Delete($"/sessions/{revoked}");
        await third.Post("/refresh");

        await KillAndStart();

        Assert.True(await first.IsSignedIn());
        Assert.False(await second.IsSignedIn());
        Assert.True(await third.IsSignedIn());
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(first, revoked));
        using BrowserClient fourth = new(Url);
        using HttpResponseMessage login = await fourth.Login(address);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    private async Task KillAndStart()
    {
        await _program.Kill();
        _program = await Start();
    }

    private Task<NodeProgram> Start() =>
        NodeProgram.Start(
            _directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{_port}",
                ["REFRESH_GRACE"] = "00:00:00.2",
                ["COARSE_WRITE_INTERVAL"] = "00:00:00.2",
            }
        );

    private bool IsConfirmed(string session)
    {
        using SqliteConnection file = new(
            $"Data Source={Path.Combine(_directory, "data", "sessionauth.db")};Mode=ReadOnly;Pooling=False"
        );
        file.Open();
        using SqliteCommand query = file.CreateCommand();
        query.CommandText =
            "select json_extract(doc, '$.Generation') = 2 and json_extract(doc, '$.ConfirmedAt') is not null "
            + "from sessions where id = $session";
        query.Parameters.AddWithValue("$session", session);
        return (long)query.ExecuteScalar()! == 1;
    }

    // A process has its own clock, which no test can move: the grace is made so short that it passes by itself.
    private static Task PassTheGrace() => Task.Delay(300);

    private static async Task<HttpStatusCode> Refresh(BrowserClient browser)
    {
        using HttpResponseMessage response = await browser.Post("/refresh");
        return response.StatusCode;
    }
}
