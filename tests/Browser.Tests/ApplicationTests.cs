using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>An application sends a browser to sign in, to authenticate once more, and to sign out.</summary>
[Collection(BrowserTests.Name)]
public sealed class ApplicationTests(BrowserFixture browser) : IAsyncLifetime, IDisposable
{
    private readonly string _application = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly HttpListener _listener = new();
    private readonly string _directory = Directory
        .CreateTempSubdirectory("sessionauth-apps-")
        .FullName;
    private NodeProcess _node = null!;

    private static string Verifier => new('v', 43);

    public async Task InitializeAsync()
    {
        _listener.Prefixes.Add(_application + "/");
        _listener.Start();
        _ = Serve();
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
                            id = "wiki",
                            name = "Wiki",
                            kind = "public",
                            redirectUris = (string[])["http://127.0.0.1/callback"],
                            postLogoutRedirectUris = (string[])["http://127.0.0.1/bye"],
                            scopes = (string[])["openid"],
                        },
                    },
                }
            )
        );
        _node = await NodeProcess.Start(new Dictionary<string, string> { ["APPS_FILE"] = file });
        using HttpClient http = new();
        await Eventually.Holds(async () =>
        {
            using HttpResponseMessage answer = await http.GetAsync(Authorize());
            string text = await answer.Content.ReadAsStringAsync();
            return !text.Contains("invalid request", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Registration_leads_back_to_the_application_and_the_next_time_nothing_is_asked()
    {
        await using Visitor visitor = await NewVisitor();

        await visitor.Page.GotoAsync(Authorize("&login_hint=ada%40example.org"));
        await visitor.Heading("Sign in").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByLabel("Email"))
            .ToHaveValueAsync("ada@example.org");
        Assert.DoesNotContain("return", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Page.ReloadAsync();
        await visitor
            .Page.GetByRole(AriaRole.Link, new() { Name = "Create an account" })
            .ClickAsync();
        await visitor.Heading("Create an account").WaitForAsync();
        await visitor.Fill(Visitor.NewEmail(), Visitor.Password);
        await visitor.Button("Create account").ClickAsync();
        await IsAtApplication(visitor, "/callback?code=");

        await visitor.Page.GotoAsync(Authorize());
        await IsAtApplication(visitor, "/callback?code=");
        await visitor.Page.GotoAsync(_node.Url + "/login");
        await visitor.Heading("Your devices").WaitForAsync();
        Assert.Empty(visitor.ConsoleErrors);
    }

    [Fact]
    public async Task Sign_in_leads_back_to_the_application_also_after_a_wrong_password()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await NewVisitor();
        await visitor.Register(email);
        await visitor.Button("Sign out").ClickAsync();
        await visitor.Heading("Sign in").WaitForAsync();

        await visitor.Page.GotoAsync(Authorize());
        await visitor.Heading("Sign in").WaitForAsync();
        await visitor.SignInHere(email, "a wrong password");
        await visitor.Page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        await visitor.SignInHere(email);

        await IsAtApplication(visitor, "/callback?code=");
    }

    [Fact]
    public async Task Application_that_asks_for_a_new_authentication_gets_it_by_a_step_up()
    {
        await using Visitor visitor = await NewVisitor();
        await visitor.Register(Visitor.NewEmail());

        await visitor.Page.GotoAsync(Authorize("&prompt=login"));
        ILocator dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Your password").FillAsync(Visitor.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await IsAtApplication(visitor, "/callback?code=");
    }

    [Fact]
    public async Task Sign_out_without_a_proof_is_asked_for_and_leads_back()
    {
        await using Visitor visitor = await NewVisitor();
        await visitor.Register(Visitor.NewEmail());
        string logout =
            $"{_node.Url}/oauth/logout?client_id=wiki&post_logout_redirect_uri="
            + Uri.EscapeDataString(_application + "/bye");

        await visitor.Page.GotoAsync(logout);
        await visitor.Heading("Sign out?").WaitForAsync();
        await visitor.Button("Stay signed in").ClickAsync();
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.Page.GotoAsync(logout);
        await visitor.Heading("Sign out?").WaitForAsync();
        await visitor
            .Page.GetByRole(AriaRole.Main)
            .GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true })
            .ClickAsync();

        await IsAtApplication(visitor, "/bye");
        await visitor.Page.GotoAsync(_node.Url + "/account");
        await visitor.Heading("Sign in").WaitForAsync();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public void Dispose() => _listener.Close();

    private string Authorize(string more = "") =>
        $"{_node.Url}/oauth/authorize?client_id=wiki&response_type=code&scope=openid&state=s"
        + $"&code_challenge={Verifier}&code_challenge_method=S256&redirect_uri="
        + Uri.EscapeDataString(_application + "/callback")
        + more;

    private Task<Visitor> NewVisitor() => browser.NewVisitor(url: _node.Url);

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context = await _listener.GetContextAsync();
            context.Response.ContentType = "text/html";
            context.Response.Close(
                "<title>Wiki</title><h1>Wiki</h1>"u8.ToArray(),
                willBlock: false
            );
        }
    }

    private async Task IsAtApplication(Visitor visitor, string path)
    {
        if (path.StartsWith("/callback", StringComparison.Ordinal))
        {
            await visitor.Heading("Continue to Wiki?").WaitForAsync();
            await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        }
        await visitor.Heading("Wiki").WaitForAsync();
        Assert.StartsWith(_application + path, visitor.Page.Url, StringComparison.Ordinal);
    }
}
