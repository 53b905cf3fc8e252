using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>What Caddy itself lets in and says, with the repository's Caddyfile.</summary>
[Collection(DomainSuite.Name)]
public sealed class DomainEdgeTests(DomainFixture domain)
{
    [Theory(DisplayName = "S-03 The API's host refuses http, and redirects nobody to https")]
    [InlineData("GET", "/test")]
    [InlineData("POST", "/login")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/healthz/live")]
    [InlineData("GET", "/nowhere")]
    public async Task The_api_refuses_http(string method, string path)
    {
        using HttpClient http = domain.Caddy.NewClient();
        using HttpRequestMessage request = new(new(method), "http://api.nodeauth.dev" + path);

        using HttpResponseMessage answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact(DisplayName = "S-03 Whoever types the pages' address without https is led there")]
    public async Task The_pages_lead_to_https()
    {
        using HttpClient http = domain.Caddy.NewClient();
        using HttpResponseMessage answer = await http.GetAsync("http://nodeauth.dev/login");
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal("https://nodeauth.dev/login", answer.Headers.Location?.ToString());
    }

    [Theory(DisplayName = "S-03 TLS 1.1 is refused, 1.2 and 1.3 are spoken, at both hosts")]
    [InlineData("nodeauth.dev", "-tls1_1", false)]
    [InlineData("api.nodeauth.dev", "-tls1_1", false)]
    [InlineData("nodeauth.dev", "-tls1_2", true)]
    [InlineData("api.nodeauth.dev", "-tls1_2", true)]
    [InlineData("nodeauth.dev", "-tls1_3", true)]
    [InlineData("api.nodeauth.dev", "-tls1_3", true)]
    public async Task Tls_is_of_this_decade(string host, string version, bool spoken)
    {
        (int exitCode, string said) = await Handshake(host, version);

        Assert.Equal(spoken, exitCode == 0);
        // It is the server who refuses, and for the version.
        if (!spoken)
            Assert.Contains("alert protocol version", said, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "S-03 Browsers are told to use https for a year, with all subdomains")]
    [InlineData("https://nodeauth.dev/login", 200)]
    [InlineData("https://nodeauth.dev/nowhere", 404)]
    [InlineData("https://nodeauth.dev/metrics", 404)]
    [InlineData("https://api.nodeauth.dev/test", 401)]
    [InlineData("https://api.nodeauth.dev/healthz/live", 200)]
    [InlineData("https://api.nodeauth.dev/nowhere", 404)]
    [InlineData("https://api.nodeauth.dev/metrics", 404)]
    public async Task Https_is_for_a_year(string url, int status)
    {
        using HttpClient http = domain.Caddy.NewClient();
        using HttpResponseMessage answer = await http.GetAsync(url);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(
            "max-age=31536000; includeSubDomains",
            Assert.Single(answer.Headers.GetValues("Strict-Transport-Security"))
        );
    }

    [Theory(DisplayName = "S-03 Metrics are not to be had from outside, however they are spelled")]
    [InlineData("/metrics")]
    [InlineData("/metrics/")]
    [InlineData("/metrics/all")]
    [InlineData("/metrics?format=text")]
    [InlineData("//metrics")]
    [InlineData("/METRICS")]
    [InlineData("/%6Detrics")]
    [InlineData("/x/../metrics")]
    public async Task Metrics_are_not_to_be_had(string path)
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

    [Theory(
        DisplayName = "S-04 S-03 The address that a client claims is not the one that is listed"
    )]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "203.0.113.7, 127.0.0.1")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task The_address_that_a_client_claims_is_not_listed(string header, string claim)
    {
        using HttpClient http = domain.Caddy.NewClient();
        http.DefaultRequestHeaders.Add("Origin", CaddyProcess.Pages);
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, claim);
        using HttpResponseMessage registered = await http.PostAsJsonAsync(
            CaddyProcess.Api + "/register",
            new { email = Visitor.NewAddress(), password = Visitor.Password }
        );
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);

        JsonElement me = await http.GetFromJsonAsync<JsonElement>(CaddyProcess.Api + "/me");

        Assert.Equal("127.0.0.1", me.GetProperty("session").GetProperty("ip").GetString());
    }

    [Theory(DisplayName = "S-04 A host that is none of ours is refused")]
    [InlineData("https://api.nodeauth.dev/test", "evil.example")]
    [InlineData("https://nodeauth.dev/", "evil.example")]
    [InlineData("http://nodeauth.dev/", "evil.example")]
    public async Task A_host_that_is_none_of_ours_is_refused(string url, string host)
    {
        using HttpClient http = domain.Caddy.NewClient(tlsName: "api.nodeauth.dev");
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        request.Headers.Host = host;

        using HttpResponseMessage answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Events_come_through_as_they_are_sent()
    {
        using HttpClient http = domain.Caddy.NewClient();
        http.DefaultRequestHeaders.Add("Origin", CaddyProcess.Pages);
        using HttpResponseMessage registered = await http.PostAsJsonAsync(
            CaddyProcess.Api + "/register",
            new { email = Visitor.NewAddress(), password = Visitor.Password }
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
        // Nothing has happened yet, and still it says something: so nobody waits for more to send on.
        Assert.StartsWith(":", await events.ReadLineAsync(), StringComparison.Ordinal);

        using HttpResponseMessage ended = await http.PostAsync(CaddyProcess.Api + "/logout", null);
        Stopwatch since = Stopwatch.StartNew();
        string rest = await events.ReadToEndAsync();

        Assert.Contains("event: revoked", rest, StringComparison.Ordinal);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"It took {since.Elapsed}.");
    }

    private async Task<(int ExitCode, string Said)> Handshake(string host, string version)
    {
        // OpenSSL itself would not offer TLS 1.1 at its default level of security.
        ProcessStartInfo start = new(
            "openssl",
            [
                "s_client",
                version,
                "-cipher",
                "ALL:@SECLEVEL=0",
                "-connect",
                $"127.0.0.1:{domain.Caddy.HttpsPort}",
                "-servername",
                host,
                "-CAfile",
                domain.Caddy.Root,
                "-verify_return_error",
            ]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process openssl = Process.Start(start)!;
        openssl.StandardInput.Close();
        string[] said = await Task.WhenAll(
            openssl.StandardOutput.ReadToEndAsync(),
            openssl.StandardError.ReadToEndAsync()
        );
        await openssl.WaitForExitAsync();
        return (openssl.ExitCode, string.Concat(said));
    }
}
