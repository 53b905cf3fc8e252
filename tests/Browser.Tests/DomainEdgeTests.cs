using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json;
using SessionAuth.Browser.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests;

/// <summary>What Caddy itself accepts and answers, with the repository's Caddyfile.</summary>
[Collection(DomainSuite.Name)]
public sealed class DomainEdgeTests(DomainFixture domain)
{
    [Theory(DisplayName = "S-03 Metrics are not available from outside in any spelling")]
    [InlineData("/metrics")]
    [InlineData("/metrics/")]
    [InlineData("/metrics/all")]
    [InlineData("/metrics?format=text")]
    [InlineData("//metrics")]
    [InlineData("/METRICS")]
    [InlineData("/%6Detrics")]
    [InlineData("/x/../metrics")]
    public async Task Metrics_are_not_available_from_outside_in_any_spelling(string path)
    {
        using HttpClient http = domain.Caddy.NewClient();
        foreach (string host in new[] { CaddyProcess.Pages, CaddyProcess.Api })
        {
            Uri url = new(
                host + path,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            );
            using HttpResponseMessage answer = await http.GetAsync(url);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact(DisplayName = "S-43 Development mailbox is not available through the domain")]
    public async Task Development_mailbox_is_not_available_through_the_domain()
    {
        using HttpClient http = domain.Caddy.NewClient();
        foreach (string host in new[] { CaddyProcess.Pages, CaddyProcess.Api })
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(host + "/dev/mail"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory(
        DisplayName = "S-04 S-03 IP address that a client claims is not the one that is listed"
    )]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "203.0.113.7, 127.0.0.1")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task IP_address_that_a_client_claims_is_not_the_one_that_is_listed(
        string header,
        string claim
    )
    {
        using HttpClient http = domain.Caddy.NewClient(keepsCookies: true);
        http.DefaultRequestHeaders.Add("Origin", CaddyProcess.Pages);
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, claim);
        using HttpResponseMessage registered = await http.PostAsJsonAsync(
            CaddyProcess.Api + "/register",
            new { email = Visitor.NewEmail(), password = Visitor.Password }
        );
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);

        JsonElement me = await http.GetFromJsonAsync<JsonElement>(CaddyProcess.Api + "/me");

        Assert.Equal("127.0.0.1", me.GetProperty("session").GetProperty("ip").GetString());
    }

    [Theory(DisplayName = "S-04 Unknown host is refused")]
    [InlineData("https")]
    [InlineData("http")]
    public async Task Unknown_host_is_refused(string scheme)
    {
        using TcpClient tcp = new(
            "127.0.0.1",
            scheme == "https" ? domain.Caddy.HttpsPort : domain.Caddy.HttpPort
        );
        await using Stream stream =
            scheme == "https" ? await Tls(tcp.GetStream()) : tcp.GetStream();

        await stream.WriteAsync(
            "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"u8.ToArray()
        );

        using StreamReader reader = new(stream);
        string answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 421", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Location", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Events_are_forwarded_as_they_are_sent()
    {
        using HttpClient http = domain.Caddy.NewClient(keepsCookies: true);
        http.DefaultRequestHeaders.Add("Origin", CaddyProcess.Pages);
        using HttpResponseMessage registered = await http.PostAsJsonAsync(
            CaddyProcess.Api + "/register",
            new { email = Visitor.NewEmail(), password = Visitor.Password }
        );
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        using HttpRequestMessage listen = new(
            HttpMethod.Get,
            CaddyProcess.Api + "/sessions/events"
        );
        listen.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using HttpResponseMessage stream = await http.SendAsync(
            listen,
            HttpCompletionOption.ResponseHeadersRead
        );
        using StreamReader events = new(await stream.Content.ReadAsStreamAsync());
        // Nothing has happened yet, but the stream has sent something: Caddy does not buffer it.
        Assert.StartsWith(":", await events.ReadLineAsync(), StringComparison.Ordinal);

        using HttpResponseMessage ended = await http.PostAsync(CaddyProcess.Api + "/logout", null);
        Stopwatch since = Stopwatch.StartNew();
        string rest = await events.ReadToEndAsync();

        Assert.Contains("event: revoked", rest, StringComparison.Ordinal);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"It took {since.Elapsed}.");
    }

    // The TLS handshake names a host of the domain, which every client can do.
    private async Task<Stream> Tls(Stream stream)
    {
        SslStream tls = new(stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "api.nodeauth.dev",
                CertificateChainPolicy = domain.Caddy.Trust(),
            }
        );
        return tls;
    }
}
