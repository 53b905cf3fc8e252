using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>A real Chromium and a real node for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public NodeProcess Node { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Node = await NodeProcess.Start();
        _playwright = await Playwright.CreateAsync();
        _chromium = await Chromium.Launch(_playwright);
    }

    /// <summary>A new browser profile.</summary>
    /// <param name="options">The options of the profile.</param>
    /// <param name="url">The URL of the node, if it is not the shared one.</param>
    /// <param name="test">The name of the test.</param>
    public Task<Visitor> NewVisitor(
        BrowserNewContextOptions? options = null,
        string? url = null,
        [CallerMemberName] string test = ""
    )
    {
        options ??= new();
        options.BaseURL = url ?? Node.Url;
        return Visitor.Of(_chromium!, options, test);
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        _playwright?.Dispose();
        await Node.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
