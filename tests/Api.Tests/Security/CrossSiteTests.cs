using System.Net;
using System.Text;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Requests that pages of other sites can make a browser send.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class CrossSiteTests(SharedNode shared)
{
    [Theory(
        DisplayName = "S-44 A state-changing call without the origin of the pages is refused and changes nothing"
    )]
    [MemberData(nameof(Calls.Changes), MemberType = typeof(Calls))]
    public async Task State_changing_call_from_another_origin_is_refused(string method, string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        string own = browser.Origin!;
        string port = own[(own.LastIndexOf(':') + 1)..];
        string?[] others =
        [
            null,
            "null",
            "",
            "https://evil.example",
            $"http://localhost:{port}",
            own + "0",
            own + "/",
            own.ToUpperInvariant(),
            $"{own}, {own}",
        ];
        foreach (string? other in others)
        {
            browser.Origin = other;
            using HttpRequestMessage request = new(new HttpMethod(method), path)
            {
                Content = method == "POST" ? Json("{}") : null,
            };
            using HttpResponseMessage response = await browser.Send(request);
            await Problem.Is(response, HttpStatusCode.Forbidden, "foreign-origin");
        }

        browser.Origin = own;
        Assert.True(await browser.IsSignedIn());
    }

    [Theory(
        DisplayName = "S-44 A body that is not application/json is 415, so that no HTML form can send one"
    )]
    [MemberData(nameof(Calls.Changes), MemberType = typeof(Calls))]
    public async Task Body_that_is_not_JSON_is_415(string method, string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        string[] types =
        [
            "application/x-www-form-urlencoded",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "text/json",
            "application/xml; application/json",
            "application/json; charset=utf-16",
            "application/json; charset=utf-7",
            "application/json; charset=nonsense",
        ];
        foreach (string type in types)
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path)
            {
                Content = new StringContent("""{"email":"a@b.cd","password":"x"}"""),
            };
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using HttpResponseMessage response = await browser.Send(request);
            await Problem.Is(response, HttpStatusCode.UnsupportedMediaType, "not-json");
        }

        Assert.True(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-45 Only the origin of the pages may read answers with credentials")]
    public async Task Only_the_origin_of_the_pages_may_read_answers()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["PUBLIC_URL"] = "https://nodeauth.test",
                ["API_URL"] = "https://api.nodeauth.test",
            }
        );
        using BrowserClient browser = node.NewBrowser();
        browser.Host = "api.nodeauth.test";

        using HttpResponseMessage own = await Preflight(browser, "https://nodeauth.test");
        Assert.Equal(
            "https://nodeauth.test",
            own.Headers.GetValues("Access-Control-Allow-Origin").Single()
        );
        Assert.Equal("true", own.Headers.GetValues("Access-Control-Allow-Credentials").Single());

        string[] others =
        [
            "null",
            "https://x.nodeauth.test",
            "https://nodeauth.test.evil",
            "http://nodeauth.test",
            "https://api.nodeauth.test",
            "https://nodeauth.test:444",
        ];
        foreach (string other in others)
        {
            using HttpResponseMessage preflight = await Preflight(browser, other);
            Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"), other);

            using HttpRequestMessage request = new(HttpMethod.Get, "/test");
            request.Headers.Add("Origin", other);
            using HttpResponseMessage answer = await browser.Send(request);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), other);
        }
    }

    private static Task<HttpResponseMessage> Preflight(BrowserClient browser, string origin)
    {
        HttpRequestMessage request = new(HttpMethod.Options, "/login");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
        browser.Origin = null;
        return browser.Send(request);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
