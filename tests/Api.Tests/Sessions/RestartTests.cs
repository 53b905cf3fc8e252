using System.Net;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Crashes;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>All that was answered survives kill -9.</summary>
public sealed class RestartTests : IAsyncLifetime, IDisposable
{
    private const string RefreshCookie = "__Host-refreshToken";

    private static readonly TimeSpan GraceAndDelay = TimeSpan.FromSeconds(130);

    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly MovedClock _clock = new();
    private KilledProcess? _killed;
    private RunningNode? _next;
    private UserScene _scene = null!;

    public async Task InitializeAsync()
    {
        _killed = KilledProcess.Start(
            new Dictionary<string, string>(PasskeyNode.Settings)
            {
                ["COARSE_WRITE_INTERVAL"] = "00:00:00.2",
            },
            ahead: TimeSpan.Zero
        );
        _scene = new(await _killed.StartNode(_directory), _clock);
    }

    public async Task DisposeAsync()
    {
        if (_killed is not null)
            await _killed.DisposeAsync();
        if (_next is not null)
            await _next.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public void Dispose() => _scene.Dispose();

    [Fact(
        DisplayName = "S-17 A confirmed generation that was rotated again survives kill -9: its old token is detected as reused"
    )]
    public async Task Confirmed_generation_survives_kill_9()
    {
        await _scene.Own.Register(_scene.Email).Answered(HttpStatusCode.Created);
        _scene.Other.Cookies[RefreshCookie] = _scene.Own.Cookies[RefreshCookie];
        await Refresh(_scene.Own).Answered(HttpStatusCode.NoContent);
        Assert.True(await _scene.Own.IsSignedIn());
        // Is answered with the same generation, and confirms it.
        await Refresh(_scene.Own).Answered(HttpStatusCode.NoContent);
        // Every write stores the confirmation too.
        await _scene
            .Own.Post("/step-up", new { password = People.Password })
            .Answered(HttpStatusCode.NoContent);

        using UserScene after = await KillAndStart(later: GraceAndDelay);

        await AssertReuse(after);
    }

    [Fact(
        DisplayName = "S-17 A confirmation that was written behind survives kill -9: the token before it is detected as reused"
    )]
    public async Task Confirmation_written_behind_survives_kill_9()
    {
        await _scene.Own.Register(_scene.Email).Answered(HttpStatusCode.Created);
        _scene.Other.Cookies[RefreshCookie] = _scene.Own.Cookies[RefreshCookie];
        string session = await _scene.Own.SessionId();
        await Refresh(_scene.Own).Answered(HttpStatusCode.NoContent);
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            async () => await _scene.Own.IsSignedIn() && IsConfirmed(session)
        );

        using UserScene after = await KillAndStart(later: GraceAndDelay);

        await AssertReuse(after);
    }

    [Theory(DisplayName = "S-17 A lost answer signs no one out after kill -9")]
    [InlineData("/refresh")]
    [InlineData("/step-up")]
    public async Task Lost_answer_signs_no_one_out_after_kill_9(string path)
    {
        await _scene.Own.Register(_scene.Email).Answered(HttpStatusCode.Created);
        using HttpRequestMessage lost = new(HttpMethod.Post, path)
        {
            Content =
                path == "/refresh"
                    ? null
                    : System.Net.Http.Json.JsonContent.Create(new { password = People.Password }),
        };
        using HttpResponseMessage answer = await _scene.Own.Send(lost, keepCookies: false);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        using UserScene after = await KillAndStart(later: GraceAndDelay);

        await Refresh(after.Own).Answered(HttpStatusCode.NoContent);
        Assert.True(await after.Own.IsSignedIn());
    }

    [Fact]
    public async Task Answered_changes_survive_kill_9()
    {
        using BrowserClient phone = _scene.NewBrowser();
        await _scene.Own.Register(_scene.Email).Answered(HttpStatusCode.Created);
        await _scene.Other.Login(_scene.Email).Answered(HttpStatusCode.OK);
        await phone.Login(_scene.Email).Answered(HttpStatusCode.OK);
        string revoked = await phone.SessionId();
        await _scene.Own.Delete($"/sessions/{revoked}").Answered(HttpStatusCode.NoContent);
        await Refresh(_scene.Other).Answered(HttpStatusCode.NoContent);

        using UserScene after = await KillAndStart(later: TimeSpan.Zero);

        using BrowserClient phoneAfter = after.NewBrowser();
        foreach ((string name, string value) in phone.Cookies)
            phoneAfter.Cookies[name] = value;
        Assert.True(await after.Own.IsSignedIn());
        Assert.True(await after.Other.IsSignedIn());
        Assert.False(await phoneAfter.IsSignedIn());
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(after.Own, revoked));
        using BrowserClient fourth = after.NewBrowser();
        await fourth.Login(_scene.Email).Answered(HttpStatusCode.OK);
    }

    private static async Task AssertReuse(UserScene after)
    {
        await Refresh(after.Other).Answered(HttpStatusCode.Unauthorized);
        Assert.False(await after.Own.IsSignedIn());
    }

    private async Task<UserScene> KillAndStart(TimeSpan later)
    {
        await _killed!.DisposeAsync();
        _killed = null;
        _clock.Advance(later);
        _next = await RunningNode.Start(PasskeyNode.Settings, _directory, _clock);
        return _scene.At(_next.Url, _clock);
    }

    private bool IsConfirmed(string session)
    {
        using SqliteConnection file = new(
            $"Data Source={Path.Combine(_directory, "sessionauth.db")};Mode=ReadOnly;Pooling=False"
        );
        file.Open();
        using SqliteCommand query = file.CreateCommand();
        query.CommandText =
            "select coalesce(json_extract(doc, '$.Rotation.Deliveries.Remembered[#-1].Generation') = 2, 0) "
            + "from sessions where id = $session";
        query.Parameters.AddWithValue("$session", session);
        return (long)query.ExecuteScalar()! == 1;
    }

    private static Task<HttpResponseMessage> Refresh(BrowserClient browser) =>
        browser.Post("/refresh");
}
