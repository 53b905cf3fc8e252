using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>
/// The domain as in docs/operations.md: a node, the pages' own host, Caddy in front, and a Chromium that trusts it.
/// </summary>
public sealed class DomainFixture : IAsyncLifetime
{
    private NodeProcess? _node;
    private RunningProgram? _pages;
    private TrustingHome? _home;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    internal CaddyProcess Caddy { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeProcess.Start(
            new Dictionary<string, string>
            {
                ["PUBLIC_URL"] = CaddyProcess.Pages,
                ["API_URL"] = CaddyProcess.Api,
                ["ROOT_DOMAIN"] = "nodeauth.dev",
                ["TRUSTED_PROXIES"] = "127.0.0.1,::1",
            }
        );
        int pages = FreePort.Next();
        _pages = RunningProgram.StartOwn(
            "SessionAuth.Ui.dll",
            AppContext.BaseDirectory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{pages}",
                ["PUBLIC_URL"] = CaddyProcess.Pages,
                ["API_URL"] = CaddyProcess.Api,
            }
        );
        Caddy = await CaddyProcess.Start([$"localhost:{_node.Port}"], pages);
        _home = await TrustingHome.Of(Caddy.Root);
        _playwright = await Playwright.CreateAsync();
        _chromium = await Chromium.Launch(
            _playwright,
            _home.Path,
            "--host-resolver-rules="
                + $"MAP nodeauth.dev:443 127.0.0.1:{Caddy.HttpsPort},"
                + $"MAP api.nodeauth.dev:443 127.0.0.1:{Caddy.HttpsPort}"
        );
    }

    /// <summary>A new browser profile.</summary>
    /// <param name="options">The options of the profile.</param>
    /// <param name="test">The name of the test.</param>
    public Task<Visitor> NewVisitor(
        BrowserNewContextOptions? options = null,
        [CallerMemberName] string test = ""
    )
    {
        options ??= new();
        options.BaseURL = CaddyProcess.Pages;
        return Visitor.Of(_chromium!, options, test);
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        _playwright?.Dispose();
        _home?.Dispose();
        if (Caddy is not null)
            await Caddy.DisposeAsync();
        if (_pages is not null)
            await _pages.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class DomainSuite : ICollectionFixture<DomainFixture>
{
    public const string Name = "domain";
}
