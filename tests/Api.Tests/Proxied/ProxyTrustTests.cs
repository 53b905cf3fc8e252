using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>Who may ask as a proxy, and questions that are not understood.</summary>
[Collection(ProxiedNodeTests.Name)]
public sealed class ProxyTrustTests(ProxiedNode proxied)
{
    private RunningNode Node => proxied.Node;

    [Theory(
        DisplayName = "S-48 Clients that are no trusted proxy find nothing at the paths of proxies"
    )]
    [InlineData("/authz/forward-auth")]
    [InlineData("/authz/auth-request")]
    public async Task Clients_that_are_no_trusted_proxy_find_nothing(string path)
    {
        await using RunningNode untrusting = await RunningNode.Start();
        using BrowserClient client = untrusting.NewBrowser();
        client.Host = "shop.example.com";

        using HttpResponseMessage answer = await client.Get(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory(
        DisplayName = "S-48 The paths of proxies do not exist at the hosts of the pages and the API"
    )]
    [InlineData("/authz/forward-auth")]
    [InlineData("/authz/auth-request")]
    public async Task Paths_of_proxies_do_not_exist_at_public_hosts(string path)
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        using BrowserClient client = Node.NewBrowser();
        client.Cookies["__Host-sessionauth"] = shop.Cookie!;
        HttpRequestMessage question = new(HttpMethod.Get, path);
        question.Headers.Add("X-Forwarded-Method", "GET");
        question.Headers.Add("X-Forwarded-Proto", "https");
        question.Headers.Add("X-Forwarded-Host", "shop.example.com");
        question.Headers.Add("X-Forwarded-Uri", "/");
        question.Headers.Add("X-Original-Method", "GET");
        question.Headers.Add("X-Original-URL", "https://shop.example.com/");

        using HttpResponseMessage answer = await client.Send(question);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory(
        DisplayName = "S-48 Question that is not understood is refused, with a good cookie too"
    )]
    [InlineData("X-Forwarded-Proto", null)]
    [InlineData("X-Forwarded-Host", null)]
    [InlineData("X-Forwarded-Uri", null)]
    [InlineData("X-Forwarded-Method", null)]
    [InlineData("X-Forwarded-Proto", "ftp")]
    [InlineData("X-Forwarded-Proto", "https,http")]
    [InlineData("X-Forwarded-Host", "")]
    [InlineData("X-Forwarded-Host", "shop.example.com, evil.example")]
    [InlineData("X-Forwarded-Host", "shop.example.com:444")]
    [InlineData("X-Forwarded-Host", "shop.example.com.")]
    [InlineData("X-Forwarded-Host", "x@shop.example.com")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Uri", "orders")]
    [InlineData("X-Forwarded-Uri", "https://shop.example.com/")]
    [InlineData("X-Forwarded-Method", "get me in")]
    public async Task Question_that_is_not_understood_is_refused(string header, string? value)
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        Dictionary<string, string?> headers = new()
        {
            ["X-Forwarded-Method"] = "GET",
            ["X-Forwarded-Proto"] = "https",
            ["X-Forwarded-Host"] = "shop.example.com",
            ["X-Forwarded-Uri"] = "/",
            [header] = value,
        };
        HttpRequestMessage question = new(HttpMethod.Get, "/authz/forward-auth");
        foreach ((string name, string? text) in headers.Where(pair => pair.Value is not null))
            question.Headers.TryAddWithoutValidation(name, text);

        using HttpResponseMessage answer = await shop.AtApplication.Send(question);

        Assert.True(
            answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden,
            $"{(int)answer.StatusCode}"
        );
        Assert.False(answer.Headers.Contains("Remote-User"));
    }

    [Fact(DisplayName = "S-48 Question with a header twice is refused")]
    public async Task Question_with_a_header_twice_is_refused()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        foreach (
            string name in new[] { "X-Forwarded-Method", "X-Forwarded-Proto", "X-Forwarded-Host" }
        )
        {
            using HttpResponseMessage answer = await shop.Ask("/", "GET", (name, "https"));
            // As one header or as two, and never by the one that the client has chosen.
            Assert.True(
                answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden,
                $"{name}: {(int)answer.StatusCode}"
            );
        }
    }

    [Theory(DisplayName = "S-48 No path, query or program is exempt")]
    [InlineData("/favicon.ico", "kube-probe/1.30")]
    [InlineData("/health?x=/.sessionauth/", "GoogleHC/1.0")]
    [InlineData("/.sessionauth/../admin", "curl/8")]
    [InlineData("/%2e%2e/.well-known/acme-challenge/x", "Prometheus")]
    public async Task No_path_query_or_program_is_exempt(string path, string program)
    {
        using ApplicationBrowser shop = new(Node, Node.NewBrowser(), ProxiedNode.Shop);

        using HttpResponseMessage answer = await shop.Ask(path, "GET", ("User-Agent", program));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Nginx_is_answered_401_with_the_address_of_the_sign_in_for_pages_alone()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);

        using HttpResponseMessage passed = await AskAsNginx(shop, navigates: true);
        shop.AtApplication.Cookies.Clear();
        using HttpResponseMessage page = await AskAsNginx(shop, navigates: true);
        using HttpResponseMessage script = await AskAsNginx(shop, navigates: false);

        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Equal(
            "https://shop.example.com/.sessionauth/sign-in?return=%2Forders%3Fpage%3D2",
            page.Headers.GetValues("X-SessionAuth-Sign-In").Single()
        );
        Assert.Equal(HttpStatusCode.Unauthorized, script.StatusCode);
        Assert.False(script.Headers.Contains("X-SessionAuth-Sign-In"));
    }

    private static Task<HttpResponseMessage> AskAsNginx(ApplicationBrowser browser, bool navigates)
    {
        HttpRequestMessage question = new(HttpMethod.Get, "/authz/auth-request");
        question.Headers.Add("X-Original-Method", "GET");
        question.Headers.Add("X-Original-URL", "https://shop.example.com/orders?page=2");
        question.Headers.Add("Sec-Fetch-Mode", navigates ? "navigate" : "cors");
        question.Headers.Add("Sec-Fetch-Dest", navigates ? "document" : "empty");
        return browser.AtApplication.Send(question);
    }
}
