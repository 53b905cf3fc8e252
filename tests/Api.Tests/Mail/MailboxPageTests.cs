using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Development;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>The development mailbox of an embedded node, and who may read it.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class MailboxPageTests(SharedNode shared)
{
    private const string Path = "/dev/mail";

    private readonly RunningNode _node = shared.Node;

    [Fact]
    public async Task Browser_on_the_same_machine_sees_the_mails_latest_first()
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
        Assert.Contains("<h2>Verify your email</h2>", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{_node.Url}/verify-email#", page, StringComparison.Ordinal);
        Assert.Contains("From: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_names_the_mailbox_URL_at_the_start()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("sessionauth-");
        string port = $"{FreePort.Next()}";
        await using (
            RunningProgram node = await NodeProgram.Start(
                directory.FullName,
                new Dictionary<string, string> { ["PORT"] = port }
            )
        )
        {
            string email = $"http://localhost:{port}{Path}";
            Assert.Contains($"at {email}\n", node.Output, StringComparison.Ordinal);
            using HttpClient http = new();
            Assert.Contains(
                "<h1>Emails</h1>",
                await http.GetStringAsync(new Uri(email)),
                StringComparison.Ordinal
            );
        }
        directory.Delete(recursive: true);
    }

    [Fact(
        DisplayName = "S-01 S-52 The mailbox page has the policy of the pages, no script, and shows mails as text"
    )]
    public async Task Mailbox_page_shows_mails_as_text()
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

    [Theory(DisplayName = "S-43 Through a proxy on the same machine the mailbox is 404")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-proto", "https")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Prefix", "/")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 Caddy")]
    public async Task Mailbox_is_404_through_a_proxy(string header, string value)
    {
        await AssertNotFound(_node, HttpMethod.Get, (header, value));
    }

    [Theory(
        DisplayName = "S-43 A client behind a trusted proxy is never local, even with a loopback IP address"
    )]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.113.7")]
    public async Task Client_behind_a_trusted_proxy_is_never_local(string client)
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1,::1" }
        );

        await AssertNotFound(node, HttpMethod.Get, ("X-Forwarded-For", client));
    }

    [Fact(
        DisplayName = "S-43 Under the public host the mailbox is 404, under localhost it is shown"
    )]
    public async Task Mailbox_is_404_under_the_public_host()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["PUBLIC_URL"] = "https://nodeauth.dev" }
        );

        await AssertNotFound(node, HttpMethod.Get, ("Host", "nodeauth.dev"));
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage local = await browser.Get(Path);
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
        browser.Host = "evil.example";
        using HttpResponseMessage rebound = await browser.Get(Path);
        Assert.Equal(HttpStatusCode.BadRequest, rebound.StatusCode);
    }

    [Theory(DisplayName = "S-43 Methods other than GET are 404")]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    public async Task Mailbox_is_404_for_other_methods(string method) =>
        await AssertNotFound(_node, new HttpMethod(method));

    [Fact(
        DisplayName = "S-43 Where mails are sent by SMTP the mailbox is 404, and the log does not mention it"
    )]
    public async Task Mailbox_is_404_where_mails_are_sent_by_SMTP()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SMTP_URL"] = "smtp://localhost:1?tls=none",
                ["MAIL_FROM"] = "no-reply@nodeauth.dev",
            }
        );

        await AssertNotFound(node, HttpMethod.Get);
        Assert.DoesNotContain(
            node.Log.Lines,
            line => line.Contains(Path, StringComparison.Ordinal)
        );
    }

    [Theory(DisplayName = "S-43 Only a direct connection from the same machine is local")]
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
    public void Only_a_direct_connection_from_the_same_machine_is_local(
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
        string email = People.NewEmail();
        (await browser.Register(email)).EnsureSuccessStatusCode().Dispose();
        return email;
    }

    private async Task<string> Page()
    {
        using BrowserClient browser = _node.NewBrowser();
        using HttpResponseMessage answer = await browser.Get(Path);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static async Task AssertNotFound(
        RunningNode node,
        HttpMethod method,
        params (string Name, string Value)[] headers
    )
    {
        foreach (string accept in new[] { "application/json", "text/html" })
        {
            string there = await Ask(Path);
            Assert.Equal(await Ask("/dev/none"), there);
            Assert.DoesNotContain("<h1>Emails</h1>", there, StringComparison.Ordinal);

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
