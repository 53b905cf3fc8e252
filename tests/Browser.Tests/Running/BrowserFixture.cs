using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>A real Chromium and a real node, for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public NodeProcess Node { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Node = await NodeProcess.Start();
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath =
                    Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
                Args = Flags,
            }
        );
    }

    /// <summary>A browser that has never been here.</summary>
    /// <param name="options">What it is like.</param>
    /// <param name="url">The node that it goes to, where it is not the shared one.</param>
    public async Task<Visitor> NewVisitor(
        BrowserNewContextOptions? options = null,
        string? url = null
    )
    {
        options ??= new();
        options.BaseURL = url ?? Node.Url;
        IBrowserContext context = await _chromium!.NewContextAsync(options);
        return new(context, await context.NewPageAsync());
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
