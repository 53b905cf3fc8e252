using SessionAuth.Api.Tests.Proxied.RealProxies;
using SessionAuth.OpenId.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>Apache with mod_auth_openidc in front of an application, on a node as people run it.</summary>
public sealed class ApacheTests : IAsyncLifetime
{
    // Longer than an access token lives: each request refreshes.
    private const string Always = "600";
    private const string AtTheEnd = "60";

    private readonly string _directory = Directory.CreateTempSubdirectory("apache-").FullName;
    private readonly string _secret = TestApplication.NewSecret();
    private readonly int _port = FreePort.Next();
    private ProviderProcess _provider = null!;
    private EchoApplication _application = null!;

    private string Origin => $"http://127.0.0.1:{_port}";

    public async Task InitializeAsync()
    {
        _provider = await ProviderProcess.Start(
            RegisteredApplication.Confidential("wiki", _secret, Origin + "/oidc", Origin + "/bye")
        );
        _application = await EchoApplication.Start();
    }

    [Fact]
    public async Task Apache_signs_in_tells_the_application_who_it_is_and_signs_out()
    {
        await using RunningProgram apache = await Start(AtTheEnd);
        using WebBrowser browser = await _provider.Registered();
        await browser.VerifyEmail();

        (Uri address, string echoed) = await browser.Read(Origin + "/orders?page=2");
        Assert.Equal(Origin + "/orders?page=2", address.AbsoluteUri);
        Assert.Equal(browser.Email, Header(echoed, "OIDC_CLAIM_email"));
        Assert.NotEmpty(Header(echoed, "OIDC_CLAIM_sub"));
        (_, string again) = await browser.Read(Origin + "/orders");
        Assert.Equal(Header(echoed, "OIDC_access_token"), Header(again, "OIDC_access_token"));

        (address, _) = await browser.Read(
            $"{Origin}/oidc?logout={Uri.EscapeDataString(Origin + "/bye")}"
        );
        Assert.Equal(Origin + "/bye", address.AbsoluteUri);
        Assert.False(await browser.IsSignedIn());
        using HttpResponseMessage signedOut = await browser.Open(Origin + "/orders");
        Assert.Equal("/login", signedOut.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Apache_refreshes_and_signs_out_once_the_session_has_ended()
    {
        await using RunningProgram apache = await Start(Always);
        using WebBrowser browser = await _provider.Registered();

        (_, string first) = await browser.Read(Origin + "/orders");
        (_, string second) = await browser.Read(Origin + "/orders");
        Assert.NotEqual(Header(first, "OIDC_access_token"), Header(second, "OIDC_access_token"));

        await browser.SignOut();
        (_, string refused) = await browser.Read(Origin + "/orders");
        Assert.Contains("Logged Out", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("OIDC_access_token", refused, StringComparison.Ordinal);
        using HttpResponseMessage next = await browser.Open(Origin + "/orders");
        Assert.Equal("/login", next.RequestMessage!.RequestUri!.AbsolutePath);
    }

    public async Task DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Header(string echoed, string name)
    {
        string? line = echoed
            .Split('\n')
            .SingleOrDefault(line =>
                line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)
            );
        Assert.True(line is not null, $"There is no {name} in:\n{echoed}");
        return line[(name.Length + 2)..];
    }

    private async Task<RunningProgram> Start(string refreshBefore)
    {
        RunningProgram apache = RunningProgram.Start(
            "/usr/sbin/apache2",
            [
                "-f",
                Path.Combine(Repository.Root, "tests/OpenId.Tests/clients/apache/apache.conf"),
                "-DFOREGROUND",
            ],
            _directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{_port}",
                ["DIRECTORY"] = _directory,
                ["APPLICATION_PORT"] = $"{_application.Port}",
                ["ISSUER"] = _provider.Issuer,
                ["CLIENT_SECRET"] = _secret,
                ["SECRET_KEY"] = TestApplication.NewSecret(),
                ["REFRESH_BEFORE"] = refreshBefore,
            }
        );
        using HttpClient http = new();
        await apache.Serves(async () =>
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(Origin + "/bye"));
            return answer.IsSuccessStatusCode;
        });
        return apache;
    }
}
