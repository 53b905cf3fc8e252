using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Whom the node believes about where a request comes from and for whom it is.</summary>
public sealed class ProxyTests
{
    [Fact(
        DisplayName = "S-04 Without a listed proxy, X-Forwarded-For changes neither the address that is listed nor the throttle"
    )]
    public async Task Without_a_listed_proxy_forwarding_headers_are_nothing()
    {
        await using RunningNode node = await RunningNode.Start();
        using BrowserClient browser = node.NewBrowser();
        string address = People.NewAddress();
        await browser.Register(address);
        Assert.Equal("127.0.0.1", await ListedIp(browser, "203.0.113.7"));

        HttpStatusCode[] answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => Guess(node, address, $"203.0.113.{i}"))
        );
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.True(answers.Count(status => status == HttpStatusCode.Unauthorized) <= 10);
    }

    [Theory(
        DisplayName = "S-04 A listed proxy is believed about the client, and about nothing that stands before it"
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
    public async Task A_listed_proxy_is_believed(string proxies, string forwarded, string listed)
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = proxies }
        );
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());
        Assert.Equal(listed, await ListedIp(browser, forwarded));
    }

    [Theory(
        DisplayName = "S-04 An IPv4 address that comes by a socket for both is the same address"
    )]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    public async Task An_address_mapped_into_ipv6_is_the_same(string proxies, string listed)
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string url = $"http://127.0.0.1:{NodeProgram.FreePort()}";
        await using (
            await NodeProgram.Start(
                directory,
                new Dictionary<string, string>
                {
                    ["PUBLIC_URL"] = url,
                    ["TRUSTED_PROXIES"] = proxies,
                },
                "--urls",
                url.Replace("127.0.0.1", "*", StringComparison.Ordinal)
            )
        )
        {
            using BrowserClient browser = new(url);
            await browser.Register(People.NewAddress());
            Assert.Equal(listed, await ListedIp(browser, "203.0.113.7"));
        }

        Directory.Delete(directory, recursive: true);
    }

    [Theory(
        DisplayName = "S-04 A host that is none of ours is refused, by whatever header it is named"
    )]
    [InlineData("evil.example")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("")]
    public async Task A_host_that_is_none_of_ours_is_refused(string host)
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

    private static async Task<HttpStatusCode> Guess(
        RunningNode node,
        string address,
        string forwarded
    )
    {
        using BrowserClient browser = node.NewBrowser();
        using HttpRequestMessage request = new(HttpMethod.Post, "/login")
        {
            Content = JsonContent.Create(new { email = address, password = "a wrong guess" }),
        };
        request.Headers.Add("X-Forwarded-For", forwarded);
        using HttpResponseMessage response = await browser.Send(request);
        return response.StatusCode;
    }
}
