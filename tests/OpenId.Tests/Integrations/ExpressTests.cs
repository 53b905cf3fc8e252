using System.Text.Json;
using SessionAuth.OpenId.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>An Express application with openid-client, on a node as people run it.</summary>
public sealed class ExpressTests
{
    private readonly int _port = FreePort.Next();

    private string Origin => $"http://127.0.0.1:{_port}";

    [Fact]
    public async Task Openid_client_in_Express_signs_in_refreshes_and_signs_out()
    {
        await ClientPackages.Install();
        string secret = TestApplication.NewSecret();
        await using ProviderProcess provider = await ProviderProcess.Start(
            RegisteredApplication.Confidential(
                "wiki",
                secret,
                Origin + "/callback",
                Origin + "/bye"
            )
        );
        await using RunningProgram application = RunningProgram.Start(
            "node",
            ["app.js"],
            Path.Combine(ClientPackages.Folder, "express"),
            new Dictionary<string, string>
            {
                ["PORT"] = $"{_port}",
                ["ISSUER"] = provider.Issuer,
                ["CLIENT_SECRET"] = secret,
                ["SECRET_KEY"] = TestApplication.NewSecret(),
            }
        );
        using HttpClient http = new();
        await application.Serves(async () =>
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(Origin + "/bye"));
            return answer.IsSuccessStatusCode;
        });
        using WebBrowser browser = await provider.Registered();
        await browser.VerifyEmail();

        JsonElement user = await browser.ReadJson(Origin + "/");
        Assert.Equal(browser.Email, user.GetProperty("email").GetString());
        Assert.Equal("refreshed", (await browser.Read(Origin + "/refresh")).Text);
        (Uri address, _) = await browser.Read(Origin + "/logout");
        Assert.Equal(Origin + "/bye", address.AbsoluteUri);
        Assert.False(await browser.IsSignedIn());
    }
}
