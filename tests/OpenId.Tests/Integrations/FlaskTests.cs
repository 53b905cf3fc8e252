using System.Text.Json;
using SessionAuth.OpenId.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>A Flask application with Authlib, on a node as people run it.</summary>
public sealed class FlaskTests : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private ProviderProcess _provider = null!;
    private RunningProgram _application = null!;

    private string Origin => $"http://127.0.0.1:{_port}";

    public async Task InitializeAsync()
    {
        string secret = TestApplication.NewSecret();
        _provider = await ProviderProcess.Start(
            RegisteredApplication.Confidential(
                "wiki",
                secret,
                Origin + "/callback",
                Origin + "/bye"
            )
        );
        _application = RunningProgram.Start(
            "/usr/bin/python3",
            ["-m", "flask", "--app", "app", "run", "--port", $"{_port}"],
            Path.Combine(Repository.Root, "tests", "OpenId.Tests", "clients", "flask"),
            new Dictionary<string, string>
            {
                ["ISSUER"] = _provider.Issuer,
                ["CLIENT_SECRET"] = secret,
                ["SECRET_KEY"] = TestApplication.NewSecret(),
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            }
        );
        using HttpClient http = new();
        await _application.Serves(async () =>
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(Origin + "/bye"));
            return answer.IsSuccessStatusCode;
        });
    }

    [Fact]
    public async Task Authlib_in_Flask_signs_in_refreshes_and_signs_out()
    {
        using WebBrowser browser = await _provider.Registered();

        JsonElement user = await browser.ReadJson(Origin + "/");
        Assert.False(user.TryGetProperty("email", out _));
        await browser.VerifyEmail();
        JsonElement profile = await browser.ReadJson(Origin + "/profile");
        Assert.Equal(user.GetProperty("sub").GetString(), profile.GetProperty("sub").GetString());
        Assert.Equal(browser.Email, profile.GetProperty("email").GetString());
        Assert.Equal("refreshed", (await browser.Read(Origin + "/refresh")).Text);
        Assert.Equal("refreshed", (await browser.Read(Origin + "/refresh")).Text);

        (Uri address, string text) = await browser.Read(Origin + "/logout");
        Assert.Equal(Origin + "/bye", address.AbsoluteUri);
        Assert.Equal("Bye", text);
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Authlib_is_refused_a_refresh_once_the_session_has_ended()
    {
        using WebBrowser browser = await _provider.Registered();
        await browser.ReadJson(Origin + "/");
        await browser.SignOut();

        using HttpResponseMessage answer = await browser.Open(Origin + "/refresh");

        Assert.False(answer.IsSuccessStatusCode);
        await _application.Says("invalid_grant");
    }

    public async Task DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
    }
}
