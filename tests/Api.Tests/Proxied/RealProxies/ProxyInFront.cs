using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Domain.Applications;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Registry.Copies;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Proxied.RealProxies;

/// <summary>
/// An application behind a real proxy, with the configuration that is in the repository, and a node that the proxy asks.
/// </summary>
public abstract class ProxyInFront : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("proxy-").FullName;
    private readonly int _port = FreePort.Next();
    private RunningProgram? _proxy;
    private EchoApplication? _application;

    public RunningNode Node { get; private set; } = null!;

    /// <summary>The application's origin, at the proxy.</summary>
    public string Origin => $"http://127.0.0.1:{_port}";

    public async Task InitializeAsync()
    {
        Node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
                ["TRUSTED_PROXIES"] = "127.0.0.1",
            }
        );
        _application = await EchoApplication.Start();
        Application shop = new()
        {
            Id = ClientId.Parse("shop"),
            Name = "The shop",
            Kind = ApplicationKind.Proxied,
            Origins = [Origin],
        };
        Assert.Empty(
            await Node.Services.GetRequiredService<IGrainFactory>().Registry().ReplaceFile([shop])
        );
        await Node.Services.GetRequiredService<RegistryCopy>().Refresh(CancellationToken.None);
        _proxy = await Start(_directory, _port, new Uri(Node.Url).Port, _application.Port);
        await _proxy.Serves(Answers);
    }

    /// <summary>A browser at the application.</summary>
    public BrowserClient NewBrowser() => new(Origin);

    /// <summary>A browser that has signed in at the application, and the same at the pages.</summary>
    public async Task<(BrowserClient AtApplication, BrowserClient Pages)> SignedIn()
    {
        BrowserClient pages = (await Node.NewUser()).Browser;
        BrowserClient browser = NewBrowser();
        using HttpResponseMessage toSignIn = await Navigate(browser, "/orders");
        using HttpResponseMessage toProvider = await browser.Get(
            ApplicationBrowser.PathOf(toSignIn)
        );
        using HttpResponseMessage toCallback = await pages.Get(
            ApplicationBrowser.PathOf(toProvider)
        );
        using HttpResponseMessage done = await browser.Get(ApplicationBrowser.PathOf(toCallback));
        Assert.Equal($"{Origin}/orders", done.Headers.Location!.OriginalString);
        return (browser, pages);
    }

    /// <summary>Opens a page as a person does.</summary>
    public static Task<HttpResponseMessage> Navigate(
        BrowserClient browser,
        string path,
        HttpMethod? method = null
    )
    {
        HttpRequestMessage request = new(method ?? HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        return browser.Send(request);
    }

    public async Task DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_application is not null)
            await _application.DisposeAsync();
        await Node.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Starts the proxy.</summary>
    /// <param name="directory">A directory of its own.</param>
    /// <param name="port">The port that it listens on.</param>
    /// <param name="node">The port of the node.</param>
    /// <param name="application">The port of the application.</param>
    private protected abstract Task<RunningProgram> Start(
        string directory,
        int port,
        int node,
        int application
    );

    /// <summary>A file of the repository's proxies.</summary>
    private protected static string Shipped(string name) =>
        Path.Combine(Repository.Root, "deploy", "proxies", name);

    private async Task<bool> Answers()
    {
        using BrowserClient browser = NewBrowser();
        using HttpResponseMessage answer = await browser.Get("/");
        return answer.StatusCode == HttpStatusCode.Unauthorized;
    }
}

/// <summary>Caddy.</summary>
public sealed class CaddyInFront : ProxyInFront
{
    private protected override async Task<RunningProgram> Start(
        string directory,
        int port,
        int node,
        int application
    )
    {
        string file = Path.Combine(directory, "Caddyfile");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
            	admin off
            	auto_https off
            }
            import {{Shipped("Caddyfile")}}
            http://127.0.0.1:{{port}} {
            	import sessionauth 127.0.0.1:{{application}}
            }

            """
        );
        return RunningProgram.Start(
            "caddy",
            ["run", "--config", file],
            directory,
            new Dictionary<string, string>
            {
                ["SESSIONAUTH_NODES"] = $"127.0.0.1:{node}",
                ["XDG_DATA_HOME"] = directory,
                ["XDG_CONFIG_HOME"] = directory,
            }
        );
    }
}

/// <summary>nginx.</summary>
public sealed class NginxInFront : ProxyInFront
{
    private protected override async Task<RunningProgram> Start(
        string directory,
        int port,
        int node,
        int application
    )
    {
        string shipped = (await File.ReadAllTextAsync(Shipped("nginx.conf")))
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal)
            .Replace("ssl_certificate /etc/ssl/shop.pem;", "", StringComparison.Ordinal)
            .Replace("ssl_certificate_key /etc/ssl/shop.key;", "", StringComparison.Ordinal)
            .Replace("shop.example.com", "127.0.0.1", StringComparison.Ordinal)
            .Replace("localhost:5080", $"127.0.0.1:{node}", StringComparison.Ordinal)
            .Replace("localhost:8080", $"127.0.0.1:{application}", StringComparison.Ordinal);
        string file = Path.Combine(directory, "nginx.conf");
        await File.WriteAllTextAsync(
            file,
            $$"""
            daemon off;
            master_process off;
            pid {{directory}}/nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path {{directory}}/body;
                proxy_temp_path {{directory}}/proxy;
                fastcgi_temp_path {{directory}}/fastcgi;
                uwsgi_temp_path {{directory}}/uwsgi;
                scgi_temp_path {{directory}}/scgi;
            {{shipped}}
            }

            """
        );
        return RunningProgram.Start(
            "nginx",
            ["-c", file, "-p", directory],
            directory,
            new Dictionary<string, string>()
        );
    }
}
