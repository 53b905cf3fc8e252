using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Development;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>The mails of a node on its own, and who may read them.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class MailboxPageTests(SharedNode shared)
{
    private const string Path = "/dev/mail";

    private readonly RunningNode _node = shared.Node;

    [Fact]
    public async Task A_browser_on_this_machine_reads_the_mails_latest_first()
    {
        string first = await Register();
        string second = await Register();
        await Eventually.Holds(
            TimeSpan.FromSeconds(10),
            async () => (await Page()).Contains(second, StringComparison.Ordinal)
        );

        string page = await Page();

        Assert.True(
            page.IndexOf(second, StringComparison.Ordinal)
                < page.IndexOf(first, StringComparison.Ordinal)
        );
        Assert.Contains("<h2>Verify your e-mail address</h2>", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{_node.Url}/verify-address#", page, StringComparison.Ordinal);
        Assert.Contains("From: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_at_the_start_where_the_mails_are()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("sessionauth-");
        string port = $"{NodeProgram.FreePort()}";
        await using (
            NodeProgram node = await NodeProgram.Start(
                directory.FullName,
                new Dictionary<string, string> { ["PORT"] = port }
            )
        )
        {
            string address = $"http://localhost:{port}{Path}";
            Assert.Contains($"at {address}\n", node.Output, StringComparison.Ordinal);
            using HttpClient http = new();
            Assert.Contains(
                "<h1>Mails</h1>",
                await http.GetStringAsync(new Uri(address)),
                StringComparison.Ordinal
            );
        }
        directory.Delete(recursive: true);
    }

    [Fact(
        DisplayName = "S-01 S-52 The page has the pages' policy, no script, and shows what is in mails as text"
    )]
    public async Task The_page_shows_what_is_in_mails_as_text()
    {
        const string hostile = "<img src=x onerror=alert(1)>\"'</pre><script>";
        await _node
            .Services.GetRequiredService<IGrainFactory>()
            .DevelopmentMailbox()
            .Put(
                new DevelopmentMail(
                    hostile,
                    hostile,
                    hostile,
                    hostile,
                    "https://x/\"><script>",
                    default
                )
            );
        using BrowserClient browser = _node.NewBrowser();
        using HttpResponseMessage answer = await browser.Get(Path);
        string page = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        SecurityHeaders.Are(answer);
        Assert.Contains(
            "default-src 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
    }

    [Theory(DisplayName = "S-43 Through a proxy on this machine there is nothing at the path")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-proto", "https")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Prefix", "/")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 Caddy")]
    public async Task Through_a_proxy_there_is_nothing(string header, string value)
    {
        await AssertAsUnknown(_node, HttpMethod.Get, (header, value));
    }

    [Theory(DisplayName = "S-43 A proxy that is believed makes nobody local")]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.113.7")]
    public async Task A_proxy_that_is_believed_makes_nobody_local(string client)
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1,::1" }
        );

        await AssertAsUnknown(node, HttpMethod.Get, ("X-Forwarded-For", client));
    }

    [Fact(
        DisplayName = "S-43 By the name of the site there is nothing at the path, by that of this machine there is"
    )]
    public async Task By_the_name_of_the_site_there_is_nothing()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["PUBLIC_URL"] = "https://nodeauth.dev" }
        );

        await AssertAsUnknown(node, HttpMethod.Get, ("Host", "nodeauth.dev"));
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage local = await browser.Get(Path);
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
        browser.Host = "evil.example";
        using HttpResponseMessage rebound = await browser.Get(Path);
        Assert.Equal(HttpStatusCode.BadRequest, rebound.StatusCode);
    }

    [Theory(DisplayName = "S-43 Other methods find nothing")]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    public async Task Other_methods_find_nothing(string method) =>
        await AssertAsUnknown(_node, new HttpMethod(method));

    [Fact(
        DisplayName = "S-43 Where mails are sent there is nothing at the path, and the log names none"
    )]
    public async Task Where_mails_are_sent_there_is_nothing()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SMTP_URL"] = "smtp://localhost:1?tls=none",
                ["MAIL_FROM"] = "no-reply@nodeauth.dev",
            }
        );

        await AssertAsUnknown(node, HttpMethod.Get);
        Assert.DoesNotContain(
            node.Log.Lines,
            line => line.Contains(Path, StringComparison.Ordinal)
        );
    }

    [Theory(DisplayName = "S-43 Only a connection from this machine to this machine is direct")]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.0.0.1", "LOCALHOST:5080", true)]
    [InlineData("127.3.2.1", "127.0.0.1:5080", true)]
    [InlineData("::1", "[::1]:5080", true)]
    [InlineData("::ffff:127.0.0.1", "localhost", true)]
    [InlineData("192.0.2.7", "localhost", false)]
    [InlineData("::ffff:192.0.2.7", "localhost", false)]
    [InlineData("10.0.0.1", "127.0.0.1", false)]
    [InlineData(null, "localhost", false)]
    [InlineData("127.0.0.1", "nodeauth.dev", false)]
    [InlineData("127.0.0.1", "localhost.evil.example", false)]
    [InlineData("127.0.0.1", "192.0.2.7", false)]
    [InlineData("127.0.0.1", "", false)]
    public void Only_a_connection_from_this_machine_is_direct(
        string? client,
        string host,
        bool direct
    )
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = client is null ? null : IPAddress.Parse(client);
        context.Request.Host = new HostString(host);

        Assert.Equal(direct, context.IsDirect());
    }

    private async Task<string> Register()
    {
        using BrowserClient browser = _node.NewBrowser();
        string address = People.NewAddress();
        (await browser.Register(address)).EnsureSuccessStatusCode().Dispose();
        return address;
    }

    private async Task<string> Page()
    {
        using BrowserClient browser = _node.NewBrowser();
        using HttpResponseMessage answer = await browser.Get(Path);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static async Task AssertAsUnknown(
        RunningNode node,
        HttpMethod method,
        params (string Name, string Value)[] headers
    )
    {
        foreach (string accept in new[] { "application/json", "text/html" })
        {
            string there = await Ask(Path);
            Assert.Equal(await Ask("/dev/none"), there);
            Assert.DoesNotContain("<h1>Mails</h1>", there, StringComparison.Ordinal);

            async Task<string> Ask(string path)
            {
                using BrowserClient browser = node.NewBrowser();
                using HttpRequestMessage request = new(method, path);
                request.Headers.Add("Accept", accept);
                foreach ((string name, string value) in headers)
                    request.Headers.TryAddWithoutValidation(name, value);
                using HttpResponseMessage answer = await browser.Send(request);
                Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
                answer.Headers.Remove("Date");
                return $"{answer.StatusCode}\n{answer.Headers}\n{answer.Content.Headers}\n{await answer.Content.ReadAsStringAsync()}";
            }
        }
    }
}
