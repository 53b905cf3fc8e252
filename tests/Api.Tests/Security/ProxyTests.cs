using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Which proxies the node believes about the client and the host.</summary>
public sealed class ProxyTests
{
    [Fact(
        DisplayName = "S-04 Without a trusted proxy, X-Forwarded-For changes neither the listed IP address nor the throttling"
    )]
    public async Task Forwarded_header_without_a_trusted_proxy_has_no_effect()
    {
        await using RunningNode node = await RunningNode.Start();
        using BrowserClient browser = node.NewBrowser();
        string email = People.NewEmail();
        await browser.Register(email);
        Assert.Equal("127.0.0.1", await ListedIp(browser, "203.0.113.7"));

        HttpStatusCode[] answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => SignInWrongly(node, email, $"203.0.113.{i}"))
        );
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.True(answers.Count(status => status == HttpStatusCode.Unauthorized) <= 10);
    }

    [Theory(
        DisplayName = "S-04 A trusted proxy is believed about its client only, not about what the client sent"
    )]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("127.0.0.1,203.0.113.0/24", "6.6.6.6, 203.0.113.7", "6.6.6.6")]
    [InlineData("10.0.0.0/8", "203.0.113.7", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("127.0.0.1", "<script>", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7, unknown", "127.0.0.1")]
    public async Task Trusted_proxy_is_believed_about_its_client_only(
        string proxies,
        string forwarded,
        string listed
    )
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = proxies }
        );
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());
        Assert.Equal(listed, await ListedIp(browser, forwarded));
    }

    [Theory(
        DisplayName = "S-04 An IPv4 address on a dual-stack socket is recognised as the IPv4 address"
    )]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    public async Task IPv4_address_mapped_into_IPv6_is_recognised(string proxies, string listed)
    {
        int port = FreePort.Next();
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["URLS"] = $"http://*:{port}",
                ["PUBLIC_URL"] = $"http://127.0.0.1:{port}",
                ["TRUSTED_PROXIES"] = proxies,
            }
        );
        Assert.Equal($"http://127.0.0.1:{port}", node.Url);
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());
        Assert.Equal(listed, await ListedIp(browser, "203.0.113.7"));
    }

    [Theory(
        DisplayName = "S-04 A request for an unknown host is refused, whichever header names the host"
    )]
    [InlineData("evil.example")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("")]
    public async Task Request_for_an_unknown_host_is_refused(string host)
    {
        await using RunningNode node = await RunningNode.Start();
        string answer = await RawConnection.Send(
            node.Url,
            $"GET /test HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: {new Uri(node.Url).Authority}\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("unknown-host", answer, StringComparison.Ordinal);

        string health = await RawConnection.Send(
            node.Url,
            $"GET /healthz/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 200", health, StringComparison.Ordinal);
    }

    private static async Task<string?> ListedIp(BrowserClient browser, string forwarded)
    {
        using HttpRequestMessage refresh = new(HttpMethod.Post, "/refresh");
        refresh.Headers.Add("X-Forwarded-For", forwarded);
        using HttpResponseMessage refreshed = await browser.Send(refresh);
        refreshed.EnsureSuccessStatusCode();
        using HttpResponseMessage response = await browser.Get("/me");
        JsonElement me = await response.Content.ReadFromJsonAsync<JsonElement>();
        return me.GetProperty("session").GetProperty("ip").GetString();
    }

    private static async Task<HttpStatusCode> SignInWrongly(
        RunningNode node,
        string email,
        string forwarded
    )
    {
        using BrowserClient browser = node.NewBrowser();
        using HttpRequestMessage request = new(HttpMethod.Post, "/login")
        {
            Content = JsonContent.Create(new { email, password = "a wrong password" }),
        };
        request.Headers.Add("X-Forwarded-For", forwarded);
        using HttpResponseMessage response = await browser.Send(request);
        return response.StatusCode;
    }
}
