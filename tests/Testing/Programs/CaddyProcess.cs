using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SessionAuth.Testing.Programs;

/// <summary>Caddy with the repository's Caddyfile, on free ports, with a certificate authority of its own.</summary>
public sealed class CaddyProcess : IAsyncDisposable
{
    public const string Pages = "https://nodeauth.dev";
    public const string Api = "https://api.nodeauth.dev";

    private readonly string _directory = Directory.CreateTempSubdirectory("caddy-").FullName;
    private RunningProgram? _process;

    private CaddyProcess() { }

    public int HttpPort { get; } = FreePort.Next();

    public int HttpsPort { get; } = FreePort.Next();

    /// <summary>The certificate of its authority.</summary>
    public string Root => Path.Combine(_directory, "caddy", "pki/authorities/local/root.crt");

    /// <param name="nodes">The hosts and ports of the nodes.</param>
    /// <param name="pages">The port of the pages' host; null when the test does not use it.</param>
    /// <param name="applications">More sites, with what is shipped for applications; null for none.</param>
    public static async Task<CaddyProcess> Start(
        IEnumerable<string> nodes,
        int? pages = null,
        string? applications = null
    )
    {
        CaddyProcess caddy = new();
        string all = string.Join(' ', nodes);
        caddy._process = RunningProgram.Start(
            "caddy",
            ["run", "--adapter", "caddyfile", "--config", await caddy.Configuration(applications)],
            caddy._directory,
            new Dictionary<string, string>
            {
                ["HTTP_PORT"] = $"{caddy.HttpPort}",
                ["HTTPS_PORT"] = $"{caddy.HttpsPort}",
                ["CADDY_ADMIN"] = "off",
                ["API_NODES"] = all,
                ["SESSIONAUTH_NODES"] = all,
                ["UI_NODES"] = $"localhost:{pages ?? FreePort.Next()}",
                ["XDG_DATA_HOME"] = caddy._directory,
                ["XDG_CONFIG_HOME"] = caddy._directory,
            }
        );
        await caddy._process.Serves(caddy.Answers);
        return caddy;
    }

    /// <summary>A client that resolves both names to this machine and trusts only this authority.</summary>
    /// <param name="keepsCookies">Whether it keeps cookies, as a browser does.</param>
    public HttpClient NewClient(bool keepsCookies = false) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = keepsCookies,
                SslOptions = { CertificateChainPolicy = Trust() },
                ConnectCallback = async (context, cancellationToken) =>
                    new NetworkStream(
                        await Connect(context.DnsEndPoint.Port, cancellationToken),
                        ownsSocket: true
                    ),
            }
        );

    /// <summary>The trust policy of such a client.</summary>
    public X509ChainPolicy Trust()
    {
        X509ChainPolicy trust = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Root));
        return trust;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<string> Configuration(string? applications)
    {
        string domain = Path.Combine(Repository.Root, "Caddyfile");
        if (applications is null)
            return domain;

        string file = Path.Combine(_directory, "Caddyfile");
        string shipped = Path.Combine(Repository.Root, "deploy", "proxies", "Caddyfile");
        await File.WriteAllTextAsync(file, $"import {domain}\nimport {shipped}\n{applications}\n");
        return file;
    }

    private async Task<bool> Answers()
    {
        if (!File.Exists(Root))
            return false;

        // It answers this by itself, without any node.
        using HttpClient http = NewClient();
        using HttpResponseMessage answer = await http.GetAsync(Api + "/metrics");
        return answer.StatusCode == HttpStatusCode.NotFound;
    }

    private async Task<Socket> Connect(int port, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(
            IPAddress.Loopback,
            port == 443 ? HttpsPort : HttpPort,
            cancellationToken
        );
        return socket;
    }
}
