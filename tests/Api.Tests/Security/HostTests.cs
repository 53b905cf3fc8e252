using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Api.Tests.Security;

/// <summary>The host names of a node, in all spellings.</summary>
public sealed class HostTests
{
    private const string Idn = "https://bücher.example";
    private const string Ascii = "https://auth.example.org";
    private const string WithPort = "https://auth.example.org:8443";
    private const string OnLoopback = "http://[::1]:5080";

    [Theory]
    [InlineData(Idn, "https://xn--bcher-kva.example")]
    [InlineData("https://BÜCHER.example.", "https://xn--bcher-kva.example")]
    [InlineData("https://XN--bcher-kva.example:443", "https://xn--bcher-kva.example")]
    [InlineData("https://faß.example", "https://xn--fa-hia.example")]
    [InlineData("https://例え.テスト:8443", "https://xn--r8jz45g.xn--zckzah:8443")]
    [InlineData("https://Auth.Example.ORG.", Ascii)]
    [InlineData("http://localhost:80", "http://localhost")]
    [InlineData("http://[0:0::1]:5080", OnLoopback)]
    [InlineData("https://xn--a.example", null)]
    [InlineData("https://xn--.example", null)]
    [InlineData("https://a..example", null)]
    public void Origin_in_the_settings_is_normalised_as_browsers_write_it(
        string setting,
        string? expected
    )
    {
        Assert.Equal(expected is not null, Origin.TryParse(setting, out Origin? origin));
        Assert.Equal(expected, origin?.Value);
    }

    public static TheoryData<string, string[], string[]> Hosts =>
        new()
        {
            {
                Idn,
                [
                    "xn--bcher-kva.example",
                    "XN--BCHER-KVA.Example",
                    "xn--bcher-kva.example:443",
                    "xn--bcher-kva.example.",
                    "xn--bcher-kva.example.:443",
                ],
                [
                    "xn--a.example",
                    "xn--a",
                    "xn--bcher-kva.example:80",
                    "bcher.example",
                    "xn--bcher-kva.example..",
                ]
            },
            {
                Ascii,
                ["auth.example.org", "auth.example.org:443", "AUTH.example.org.:443"],
                [
                    "auth.example.org:80",
                    "auth.example.org:443x",
                    "auth.example.org:-1",
                    "auth.example.org:99999999999",
                    ".auth.example.org",
                    "auth%2eexample.org",
                ]
            },
            { WithPort, ["auth.example.org:8443"], ["auth.example.org", "auth.example.org:443"] },
            {
                OnLoopback,
                ["[::1]:5080", "[0:0:0:0:0:0:0:1]:5080"],
                ["[::1", "::1", "[::1%25lo]:5080", "[::1]5080"]
            },
        };

    [Theory(
        DisplayName = "S-04 Each equivalent spelling of the host is accepted; another host is refused, and the answer names the right one"
    )]
    [MemberData(nameof(Hosts))]
    public async Task Equivalent_spelling_of_the_host_is_accepted_and_another_host_refused(
        string publicUrl,
        string[] accepted,
        string[] refused
    )
    {
        await using RunningNode node = await Start(publicUrl);
        foreach (string host in accepted)
        {
            string test = await Ask(node, "/test", host);
            Assert.True(test.Contains("not-signed-in", StringComparison.Ordinal), host);
            string page = await Ask(node, "/login", host);
            Assert.True(page.StartsWith("HTTP/1.1 200", StringComparison.Ordinal), host);
        }

        foreach (string host in refused)
        {
            // Kestrel itself refuses hosts that no URL can contain, without a body.
            bool isValidHost = (await Ask(node, "/healthz/live", host)).StartsWith(
                "HTTP/1.1 200",
                StringComparison.Ordinal
            );
            foreach (string path in new[] { "/test", "/login", "/dev/mail", "/nowhere" })
            {
                string answer = await Ask(node, path, host);
                Assert.True(answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), host);
                string expected = publicUrl == Idn ? "https://xn--bcher-kva.example" : publicUrl;
                Assert.True(
                    !isValidHost
                        || (
                            answer.Contains("unknown-host", StringComparison.Ordinal)
                            && answer.Contains(expected, StringComparison.Ordinal)
                        ),
                    answer
                );
            }
        }
    }

    [Theory(
        DisplayName = "S-04 S-38 With an international domain users can register, get mails that link to it, and add passkeys"
    )]
    [InlineData("https://anmeldung.bücher.example", "bücher.example", null)]
    [InlineData("https://anmeldung.xn--bcher-kva.example", "XN--bcher-kva.example.", null)]
    [InlineData("https://anmeldung.bücher.example", "bücher.example", "https://api.bücher.example")]
    public async Task International_domain_works_for_registration_mails_and_passkeys(
        string publicUrl,
        string rootDomain,
        string? apiUrl
    )
    {
        const string Pages = "https://anmeldung.xn--bcher-kva.example";
        Dictionary<string, string> settings = new()
        {
            ["PUBLIC_URL"] = publicUrl,
            ["ROOT_DOMAIN"] = rootDomain,
        };
        if (apiUrl is not null)
            settings["API_URL"] = apiUrl;
        await using RunningNode node = await RunningNode.Start(settings);
        using BrowserClient browser = node.NewBrowser();
        browser.Host = apiUrl is null
            ? "anmeldung.xn--bcher-kva.example"
            : "api.xn--bcher-kva.example";
        browser.Origin = Pages;
        string email = People.NewEmail();

        using HttpResponseMessage registered = await browser.Register(email);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        Assert.Contains("__Host-accessToken", browser.Cookies.Keys);
        if (apiUrl is not null)
            Assert.Equal(
                Pages,
                registered.Headers.GetValues("Access-Control-Allow-Origin").Single()
            );
        (_, JsonElement options) = await browser.RequestOptions(PasskeyCalls.AddOptions);
        Assert.Equal(
            "xn--bcher-kva.example",
            options.GetProperty("rp").GetProperty("id").GetString()
        );
        await node.Token(email, Mailbox.Verify);
        Assert.StartsWith(
            Pages + "/verify-email#",
            (await node.Mails(email))[0].Link,
            StringComparison.Ordinal
        );

        browser.Host = "anmeldung.xn--bcher-kva.example";
        using HttpResponseMessage page = await browser.Get("/login");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        if (apiUrl is not null)
            Assert.Contains(
                "connect-src 'self' https://api.xn--bcher-kva.example",
                page.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
    }

    [Fact(
        DisplayName = "S-04 A browser at a wrong URL gets a page that names the right one and repeats nothing of the request"
    )]
    public async Task Browser_at_a_wrong_URL_gets_a_page_that_names_the_right_one()
    {
        await using RunningNode node = await Start("http://localhost:5080");
        foreach (string path in new[] { "/", "/login", "/nowhere" })
        {
            string answer = await Ask(node, path, "127.0.0.1:5080", "text/html,*/*;q=0.8");
            Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
            Assert.Contains("text/html", answer, StringComparison.Ordinal);
            Assert.Contains("<a href=\"http://localhost:5080\"", answer, StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", answer, StringComparison.Ordinal);
        }

        string hostile = await Ask(node, "/", "evil.example", "text/html");
        Assert.DoesNotContain("evil", hostile, StringComparison.Ordinal);
        string forPrograms = await Ask(node, "/me", "127.0.0.1:5080", "*/*");
        Assert.Contains("application/problem+json", forPrograms, StringComparison.Ordinal);
        Assert.Contains("http://localhost:5080", forPrograms, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_with_a_trailing_dot_is_redirected_to_the_host_without()
    {
        await using RunningNode node = await Start(Ascii);
        string answer = await Ask(node, "/reset", "auth.example.org.", "text/html");
        Assert.StartsWith("HTTP/1.1 308", answer, StringComparison.Ordinal);
        Assert.Contains($"Location: {Ascii}/reset\r\n", answer, StringComparison.Ordinal);
    }

    private static Task<RunningNode> Start(string publicUrl) =>
        RunningNode.Start(new Dictionary<string, string> { ["PUBLIC_URL"] = publicUrl });

    private static Task<string> Ask(
        RunningNode node,
        string path,
        string host,
        string accept = "application/json"
    ) =>
        RawConnection.Send(
            node.Url,
            $"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
        );
}
