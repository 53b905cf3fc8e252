using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests;

/// <summary>The program that serves only the pages.</summary>
public sealed class PagesHostTests
{
    [Fact]
    public async Task Pages_may_call_an_API_at_an_international_domain()
    {
        await using PagesHost host = await PagesHost.Start(
            ("API_URL", "https://api.bücher.example"),
            ("PUBLIC_URL", "https://BÜCHER.example.")
        );

        using HttpResponseMessage page = await host.Get("/login");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(
            "connect-src 'self' https://api.xn--bcher-kva.example",
            page.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "content=\"https://api.xn--bcher-kva.example\"",
            await page.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        using HttpResponseMessage passkeys = await host.Get("/.well-known/passkey-endpoints");
        Assert.Contains(
            "\"enroll\":\"https://xn--bcher-kva.example/account/sign-in\"",
            await passkeys.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_PUBLIC_URL_it_does_not_say_where_passkeys_are_added()
    {
        await using PagesHost host = await PagesHost.Start();
        using HttpResponseMessage passkeys = await host.Get("/.well-known/passkey-endpoints");
        Assert.Equal(HttpStatusCode.NotFound, passkeys.StatusCode);
        using HttpResponseMessage password = await host.Get("/.well-known/change-password");
        Assert.Equal(HttpStatusCode.SeeOther, password.StatusCode);
    }

    [Fact]
    public async Task Header_that_is_not_UTF_8_breaks_no_page()
    {
        await using PagesHost host = await PagesHost.Start();
        string answer = await host.Send(
            "GET /login HTTP/1.1\r\nHost: x\r\nUser-Agent: fran\u00e7ais\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    private sealed class PagesHost : IAsyncDisposable
    {
        private readonly int _port = FreePort.Next();
        private readonly HttpClient _http;
        private readonly RunningProgram _process;

        private PagesHost((string Name, string Value)[] settings)
        {
            Dictionary<string, string> environment = settings.ToDictionary(
                setting => setting.Name,
                setting => setting.Value
            );
            environment["PORT"] = $"{_port}";
            _process = RunningProgram.StartOwn(
                "SessionAuth.Ui.dll",
                AppContext.BaseDirectory,
                environment
            );
            _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                BaseAddress = new($"http://localhost:{_port}"),
            };
        }

        public static async Task<PagesHost> Start(params (string Name, string Value)[] settings)
        {
            PagesHost host = new(settings);
            await host._process.Serves(async () =>
            {
                using HttpResponseMessage robots = await host.Get("/robots.txt");
                return robots.IsSuccessStatusCode;
            });
            return host;
        }

        public Task<HttpResponseMessage> Get(string path) =>
            _http.GetAsync(new Uri(path, UriKind.Relative));

        public async Task<string> Send(string request)
        {
            using TcpClient client = new();
            await client.ConnectAsync("localhost", _port);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
            using StreamReader answer = new(client.GetStream(), Encoding.Latin1);
            return await answer.ReadToEndAsync();
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _process.DisposeAsync();
        }
    }
}
