using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Proxied.RealProxies;

/// <summary>An application behind Caddy.</summary>
public sealed class CaddyTests(CaddyInFront proxy)
    : RealProxyTests(proxy),
        IClassFixture<CaddyInFront>;

/// <summary>An application behind nginx.</summary>
public sealed class NginxTests(NginxInFront proxy)
    : RealProxyTests(proxy),
        IClassFixture<NginxInFront>;

/// <summary>What reaches an application behind a real proxy, and what does not.</summary>
public abstract class RealProxyTests(ProxyInFront proxy)
{
    [Fact]
    public async Task Person_signs_in_and_the_application_is_told_who_it_is()
    {
        (BrowserClient browser, BrowserClient pages) = await proxy.SignedIn();

        string[] arrived = await Arrived(browser);

        Assert.Equal("GET /orders", arrived[0]);
        string user = (await pages.Me()).GetProperty("userId").GetString()!;
        Assert.Contains($"Remote-User: {user}", arrived);
        Assert.Contains(
            arrived,
            line =>
                line.StartsWith("X-SessionAuth-Assertion: ey", StringComparison.OrdinalIgnoreCase)
        );
    }

    [Theory(
        DisplayName = "S-47 What a client sends under the names of identity headers never arrives"
    )]
    [InlineData("Remote-User: admin")]
    [InlineData("remote-user: admin")]
    [InlineData("remote_user: admin")]
    [InlineData("Remote_User: admin")]
    [InlineData("REMOTE_USER: admin")]
    [InlineData("Remote-User: admin\r\nRemote-User: admin")]
    [InlineData("Remote-User:   admin  ")]
    [InlineData("Remote-User:")]
    [InlineData("Remote-Email: admin@example.org")]
    [InlineData("Remote_Email: admin@example.org")]
    [InlineData("Remote-Name: admin")]
    [InlineData("Remote-Groups: admin")]
    [InlineData("Remote_Groups: admin")]
    [InlineData("X-SessionAuth-Assertion: admin")]
    [InlineData("x-sessionauth-assertion: admin")]
    [InlineData("X_SessionAuth_Assertion: admin")]
    [InlineData("X-SessionAuth_Assertion: admin")]
    public async Task What_a_client_sends_under_their_names_never_arrives(string forged)
    {
        (BrowserClient browser, BrowserClient pages) = await proxy.SignedIn();
        string user = (await pages.Me()).GetProperty("userId").GetString()!;

        string answer = await RawConnection.Send(
            proxy.Origin,
            $"GET /orders HTTP/1.1\r\nHost: {new Uri(proxy.Origin).Authority}\r\n"
                + $"Cookie: sessionauth={browser.Cookies["sessionauth"]}\r\n{forged}\r\nConnection: close\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("admin", answer, StringComparison.Ordinal);
        string[] told =
        [
            .. answer
                .Split('\n')
                .Where(line =>
                    line.Replace('_', '-')
                        .StartsWith("Remote-User:", StringComparison.OrdinalIgnoreCase)
                ),
        ];
        Assert.Equal([$"Remote-User: {user}"], told.Select(line => line.Trim()));
    }

    [Fact]
    public async Task Application_does_not_see_the_cookies_of_the_sign_in_but_its_own()
    {
        (BrowserClient browser, _) = await proxy.SignedIn();
        browser.Cookies["theme"] = "dark";
        // A sign-in that another tab has begun.
        using HttpResponseMessage began = await browser.Get("/.sessionauth/sign-in");
        Assert.True(browser.Cookies.Count >= 3);

        string[] arrived = await Arrived(browser);

        string cookies = Assert.Single(
            arrived,
            line => line.StartsWith("Cookie:", StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain("sessionauth", cookies, StringComparison.Ordinal);
        Assert.Contains("theme=dark", cookies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_session_is_refused_at_the_next_request()
    {
        (BrowserClient browser, BrowserClient pages) = await proxy.SignedIn();
        using HttpResponseMessage before = await browser.Get("/orders");
        using HttpResponseMessage signedOut = await pages.Post("/logout");

        using HttpResponseMessage after = await browser.Get("/orders");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task Script_and_form_and_handshake_without_a_session_do_not_reach_the_application()
    {
        using BrowserClient browser = proxy.NewBrowser();
        HttpRequestMessage script = new(HttpMethod.Get, "/api");
        script.Headers.Add("Sec-Fetch-Mode", "cors");
        script.Headers.Add("Sec-Fetch-Dest", "empty");

        using HttpResponseMessage toScript = await browser.Send(script);
        using HttpResponseMessage toForm = await ProxyInFront.Navigate(
            browser,
            "/cart",
            HttpMethod.Post
        );
        using HttpResponseMessage toHead = await ProxyInFront.Navigate(
            browser,
            "/cart",
            HttpMethod.Head
        );
        string handshake = await RawConnection.Send(
            proxy.Origin,
            $"GET /socket HTTP/1.1\r\nHost: {new Uri(proxy.Origin).Authority}\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-Fetch-Mode: websocket\r\nSec-Fetch-Dest: websocket\r\n\r\n",
            TimeSpan.FromSeconds(2)
        );

        Assert.Equal(HttpStatusCode.Unauthorized, toScript.StatusCode);
        Assert.Null(toScript.Headers.Location);
        Assert.Equal(HttpStatusCode.SeeOther, toForm.StatusCode);
        Assert.True(toHead.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther);
        Assert.StartsWith("HTTP/1.1 401", handshake, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "S-48 The question itself cannot be asked through the proxy")]
    public async Task The_question_itself_cannot_be_asked_through_the_proxy()
    {
        using BrowserClient browser = proxy.NewBrowser();
        foreach (
            string path in new[]
            {
                "/authz/forward-auth",
                "/authz/auth-request",
                "/.sessionauth-check",
                "/.sessionauth/../authz/forward-auth",
                "/.sessionauth/%2e%2e/authz/forward-auth",
                "/.sessionauth//authz/forward-auth",
            }
        )
        {
            string answer = await RawConnection.Send(
                proxy.Origin,
                $"GET {path} HTTP/1.1\r\nHost: {new Uri(proxy.Origin).Authority}\r\n"
                    + "X-Forwarded-Method: GET\r\nX-Forwarded-Uri: /\r\nX-Original-Method: GET\r\n"
                    + $"X-Original-URL: {proxy.Origin}/\r\nConnection: close\r\n\r\n"
            );
            Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
        }
    }

    private static async Task<string[]> Arrived(BrowserClient browser)
    {
        using HttpResponseMessage answer = await browser.Get("/orders");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync()).Split('\n');
    }
}
