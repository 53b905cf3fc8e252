using System.Diagnostics;
using System.Net;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Nothing is sent unencrypted, with the repository's Caddyfile.</summary>
[Collection(DomainSuite.Name)]
public sealed class DomainTlsTests(DomainFixture domain)
{
    [Theory(DisplayName = "S-03 API host refuses http and does not redirect it to https")]
    [InlineData("GET", "/test")]
    [InlineData("POST", "/login")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/healthz/live")]
    [InlineData("GET", "/nowhere")]
    public async Task API_host_refuses_http_and_does_not_redirect_it_to_https(
        string method,
        string path
    )
    {
        using HttpClient http = domain.Caddy.NewClient();
        using HttpRequestMessage request = new(new(method), "http://api.nodeauth.dev" + path);

        using HttpResponseMessage answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact(DisplayName = "S-03 Pages redirect http to https")]
    public async Task Pages_redirect_http_to_https()
    {
        using HttpClient http = domain.Caddy.NewClient();
        using HttpResponseMessage answer = await http.GetAsync("http://nodeauth.dev/login");
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal("https://nodeauth.dev/login", answer.Headers.Location?.ToString());
    }

    [Theory(DisplayName = "S-03 TLS 1.1 is refused and 1.2 and 1.3 are accepted at both hosts")]
    [InlineData("nodeauth.dev", "-tls1_1", false)]
    [InlineData("api.nodeauth.dev", "-tls1_1", false)]
    [InlineData("nodeauth.dev", "-tls1_2", true)]
    [InlineData("api.nodeauth.dev", "-tls1_2", true)]
    [InlineData("nodeauth.dev", "-tls1_3", true)]
    [InlineData("api.nodeauth.dev", "-tls1_3", true)]
    public async Task TLS_1_1_is_refused_and_1_2_and_1_3_are_accepted_at_both_hosts(
        string host,
        string version,
        bool spoken
    )
    {
        (int exitCode, string said) = await Handshake(host, version);

        Assert.Equal(spoken, exitCode == 0);
        // The server refuses, and because of the version.
        if (!spoken)
            Assert.Contains("alert protocol version", said, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "S-03 Browsers are told to use https for a year with all subdomains")]
    [InlineData("https://nodeauth.dev/login", 200)]
    [InlineData("https://nodeauth.dev/nowhere", 404)]
    [InlineData("https://nodeauth.dev/metrics", 404)]
    [InlineData("https://api.nodeauth.dev/test", 401)]
    [InlineData("https://api.nodeauth.dev/healthz/live", 200)]
    [InlineData("https://api.nodeauth.dev/nowhere", 404)]
    [InlineData("https://api.nodeauth.dev/metrics", 404)]
    public async Task Browsers_are_told_to_use_https_for_a_year_with_all_subdomains(
        string url,
        int status
    )
    {
        using HttpClient http = domain.Caddy.NewClient();
        using HttpResponseMessage answer = await http.GetAsync(url);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(
            "max-age=31536000; includeSubDomains",
            Assert.Single(answer.Headers.GetValues("Strict-Transport-Security"))
        );
    }

    private async Task<(int ExitCode, string Said)> Handshake(string host, string version)
    {
        // OpenSSL does not offer TLS 1.1 at its default security level.
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
