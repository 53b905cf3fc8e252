using System.Text.Json;
using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests.Applications;

/// <summary>A public client in a real browser, at another origin, with oidc-client-ts.</summary>
[Collection(BrowserTests.Name)]
public sealed class SinglePageApplicationTests(BrowserFixture browser) : IAsyncLifetime
{
    private readonly string _origin = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly string _directory = Directory
        .CreateTempSubdirectory("sessionauth-apps-")
        .FullName;
    private NodeProcess _node = null!;
    private SinglePageApplication _application = null!;

    public async Task InitializeAsync()
    {
        string file = Path.Combine(_directory, "apps.json");
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(
                new
                {
                    applications = new[]
                    {
                        new
                        {
                            id = "notes",
                            name = "Notes",
                            kind = "public",
                            origins = (string[])[_origin],
                            redirectUris = (string[])[_origin + "/callback"],
                            postLogoutRedirectUris = (string[])[_origin + "/bye"],
                            scopes = (string[])["openid", "email", "offline_access"],
                        },
                    },
                }
            )
        );
        _node = await NodeProcess.Start(new Dictionary<string, string> { ["APPS_FILE"] = file });
        _application = await SinglePageApplication.Start(_origin, _node.Url + "/");
    }

    [Fact]
    public async Task Oidc_client_ts_signs_in_refreshes_silently_and_signs_out()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor(url: _node.Url);
        await visitor.Register(email);
        await visitor.VerifyEmail();

        await SignIn(visitor);
        JsonElement first = await User(visitor);
        Assert.Equal(email, first.GetProperty("email").GetString());

        await visitor.Page.EvaluateAsync(
            "() => { document.querySelector('pre').textContent = ''; }"
        );
        await visitor.Button("Refresh").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("pre")).Not.ToBeEmptyAsync();
        JsonElement second = await User(visitor);
        Assert.Equal(first.GetProperty("sub").GetString(), second.GetProperty("sub").GetString());
        Assert.NotEqual(
            first.GetProperty("token").GetString(),
            second.GetProperty("token").GetString()
        );
        Assert.Equal(_origin + "/", visitor.Page.Url);

        await visitor.Button("Sign out").ClickAsync();
        await IsShown(visitor, "Signed out");
        Assert.StartsWith(_origin + "/bye", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Page.GotoAsync(_node.Url + "/account");
        await visitor.Heading("Sign in").WaitForAsync();
        Assert.Empty(visitor.ConsoleErrors);
    }

    [Fact]
    public async Task Oidc_client_ts_is_refused_a_refresh_once_the_session_has_ended()
    {
        await using Visitor visitor = await browser.NewVisitor(url: _node.Url);
        await visitor.Register(Visitor.NewEmail());
        await SignIn(visitor);
        IPage account = await visitor.Context.NewPageAsync();
        await account.GotoAsync(_node.Url + "/account");
        await account
            .GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true })
            .ClickAsync();
        await account.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();

        await visitor.Button("Refresh").ClickAsync();

        await IsShown(visitor, "Failed: invalid_grant");
    }

    public async Task DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task SignIn(Visitor visitor)
    {
        await visitor.Page.GotoAsync(_origin + "/");
        await IsShown(visitor, "Signed out");
        await visitor.Button("Sign in").ClickAsync();
        await visitor.Heading("Continue to Notes?").WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await IsShown(visitor, "Signed in");
    }

    private static Task IsShown(Visitor visitor, string text) =>
        Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(text);

    private static async Task<JsonElement> User(Visitor visitor) =>
        JsonSerializer.Deserialize<JsonElement>(await visitor.Page.Locator("pre").InnerTextAsync());
}
