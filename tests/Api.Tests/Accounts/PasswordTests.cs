using System.Net;
using System.Text;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

public sealed class PasswordTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string> { ["ROOT_DOMAIN"] = "nodeauth.dev" }
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(
        DisplayName = "S-24 A password may be any text: emoji, spaces, 256 code points; none is cut"
    )]
    public async Task A_password_may_be_any_text()
    {
        string key = string.Concat(Enumerable.Repeat("\U0001F511", 255));
        string address = People.NewAddress();
        using BrowserClient browser = _node.NewBrowser();

        using HttpResponseMessage registered = await browser.Register(address, key + " ");
        using HttpResponseMessage altered = await browser.Login(address, key + "x");
        using HttpResponseMessage trimmed = await browser.Login(address, key);
        using HttpResponseMessage right = await browser.Login(address, key + " ");

        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        await Problem.Is(altered, HttpStatusCode.Unauthorized, "sign-in-refused");
        await Problem.Is(trimmed, HttpStatusCode.Unauthorized, "sign-in-refused");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Theory(DisplayName = "S-24 A lone surrogate is no text")]
    [InlineData("/register", "password")]
    [InlineData("/login", "password")]
    [InlineData("/register", "email")]
    [InlineData("/login", "email")]
    public async Task A_lone_surrogate_is_no_text(string path, string field)
    {
        const string Lone = "\\ud83d lone \\udd11";
        string email = field == "email" ? Lone + "@example.org" : People.NewAddress();
        string password = field == "password" ? Lone : People.Password;
        using BrowserClient browser = _node.NewBrowser();
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new StringContent(
                $$"""{"email":"{{email}}","password":"{{password}}"}""",
                Encoding.UTF8,
                "application/json"
            ),
        };

        using HttpResponseMessage response = await browser.Send(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory(
        DisplayName = "S-25 Passwords that guessers try first are refused, and the reason is told"
    )]
    [InlineData("password1", "common")]
    [InlineData("QWERTYUIOP", "common")]
    [InlineData("sessionauth", "name of this service")]
    [InlineData("nodeauth.dev", "name of this service")]
    [InlineData("NodeAuth.dev", "name of this service")]
    [InlineData("{address}", "e-mail address")]
    [InlineData("{local}", "e-mail address")]
    [InlineData("short", "at least 8")]
    [InlineData("{257}", "at most 256")]
    public async Task Passwords_that_guessers_try_first_are_refused(string password, string reason)
    {
        string address = People.NewAddress();
        string typed = password
            .Replace("{address}", address, StringComparison.Ordinal)
            .Replace("{local}", address.Split('@')[0], StringComparison.Ordinal)
            .Replace("{257}", new string('\u00E9', 257), StringComparison.Ordinal);
        using BrowserClient browser = _node.NewBrowser();

        using HttpResponseMessage response = await browser.Register(address, typed);

        JsonElement problem = await Problem.Is(
            response,
            HttpStatusCode.BadRequest,
            "invalid-field"
        );
        string? sentence = problem.GetProperty("errors").GetProperty("password")[0].GetString();
        Assert.Contains(reason, sentence, StringComparison.Ordinal);
        using HttpResponseMessage free = await browser.Register(address);
        Assert.Equal(HttpStatusCode.Created, free.StatusCode);
    }
}
