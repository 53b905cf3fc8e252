using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using SessionAuth.Api.Tests.Proxied.RealProxies;
using SessionAuth.Browser.Tests.Running;
using SessionAuth.Cluster.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests.Applications;

/// <summary>
/// Three nodes, the pages' own host and four applications on four hosts of two domains, all behind Caddy, and a Chromium
/// that trusts it: three applications that know nothing of SessionAuth, and one that uses OpenID Connect.
/// </summary>
public sealed class ApplicationsFixture : IAsyncLifetime
{
    public const string Secret = "a secret of the fourth application";
    public const string Callback = "https://forum.example.org/callback";

    private readonly string _directory = Directory.CreateTempSubdirectory("applications-").FullName;
    private RunningProgram? _pages;
    private EchoApplication? _application;
    private TrustingHome? _home;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    /// <summary>The origins of the applications that the proxy protects.</summary>
    public static IReadOnlyList<string> Protected { get; } =
    ["https://shop.nodeauth.dev", "https://wiki.nodeauth.dev", "https://notes.example.org"];

    public RunningCluster Cluster { get; private set; } = null!;

    internal CaddyProcess Caddy { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string apps = Path.Combine(_directory, "apps.json");
        await File.WriteAllTextAsync(apps, Apps());
        Cluster = await RunningCluster.Start(
            nodes: 3,
            new Dictionary<string, string>
            {
                ["PUBLIC_URL"] = CaddyProcess.Pages,
                ["API_URL"] = CaddyProcess.Api,
                ["ROOT_DOMAIN"] = "nodeauth.dev",
                ["TRUSTED_PROXIES"] = "127.0.0.1,::1",
                ["APPS_FILE"] = apps,
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
        _application = await EchoApplication.Start();
        Caddy = await CaddyProcess.Start(
            Cluster.Nodes.Select(node => new Uri(node.Url).Authority),
            pages,
            Sites(_application.Port)
        );
        _home = await TrustingHome.Of(Caddy.Root);
        _playwright = await Playwright.CreateAsync();
        IEnumerable<string> hosts =
        [
            "nodeauth.dev",
            "api.nodeauth.dev",
            "forum.example.org",
            .. Protected.Select(origin => new Uri(origin).Host),
        ];
        _chromium = await Chromium.Launch(
            _playwright,
            _home.Path,
            "--host-resolver-rules="
                + string.Join(
                    ',',
                    hosts.Select(host => $"MAP {host}:443 127.0.0.1:{Caddy.HttpsPort}")
                )
        );
    }

    /// <summary>A new browser profile.</summary>
    /// <param name="test">The name of the test.</param>
    /// <param name="userAgent">What the browser says that it is; null for what it says itself.</param>
    public Task<Visitor> NewVisitor(
        [CallerMemberName] string test = "",
        string? userAgent = null
    ) =>
        Visitor.Of(_chromium!, new() { BaseURL = CaddyProcess.Pages, UserAgent = userAgent }, test);

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        _playwright?.Dispose();
        _home?.Dispose();
        if (Caddy is not null)
            await Caddy.DisposeAsync();
        if (_application is not null)
            await _application.DisposeAsync();
        if (_pages is not null)
            await _pages.DisposeAsync();
        if (Cluster is not null)
            await Cluster.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Sites(int application) =>
        string.Concat(
            Protected.Select(origin =>
                $"{origin} {{\n\timport sessionauth localhost:{application}\n}}\n"
            )
        ) + "https://forum.example.org {\n\trespond \"The forum\" 200\n}\n";

    private static string Apps() =>
        JsonSerializer.Serialize(
            new
            {
                applications = (object[])
                    [
                        .. Protected.Select(origin => new
                        {
                            id = new Uri(origin).Host.Split('.')[0],
                            name = $"The {new Uri(origin).Host.Split('.')[0]}",
                            kind = "proxied",
                            origins = (string[])[origin],
                        }),
                        new
                        {
                            id = "forum",
                            name = "The forum",
                            kind = "confidential",
                            redirectUris = (string[])[Callback],
                            secretHashes = (string[])
                                [
                                    System.Buffers.Text.Base64Url.EncodeToString(
                                        SHA256.HashData(Encoding.UTF8.GetBytes(Secret))
                                    ),
                                ],
                            scopes = (string[])["openid", "email", "offline_access"],
                        },
                    ],
            }
        );
}

[CollectionDefinition(Name)]
public sealed class ApplicationsSuite : ICollectionFixture<ApplicationsFixture>
{
    public const string Name = "applications";
}
