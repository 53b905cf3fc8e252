using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>Oversized or malformed paths, headers and cookies, at every call.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class HostileRequestTests(SharedNode shared)
{
    private const int KiB = 1024;

    [Theory]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Headers_over_32_KiB_are_431(string method, string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpRequestMessage large = new(new HttpMethod(method), path);
        large.Headers.Add("X-Large", new string('x', 33 * KiB));
        using HttpResponseMessage response = await browser.Send(large);
        await Problem.Is(response, HttpStatusCode.RequestHeaderFieldsTooLarge, "headers-too-large");

        using HttpRequestMessage huge = new(new HttpMethod(method), path);
        huge.Headers.Add("X-Huge", new string('x', 70 * KiB));
        using HttpResponseMessage refused = await browser.Send(huge);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, refused.StatusCode);

        using HttpRequestMessage many = new(new HttpMethod(method), path);
        for (int i = 0; i < 101; i++)
            many.Headers.Add($"X-{i}", "");
        using HttpResponseMessage tooMany = await browser.Send(many);
        await Problem.Is(tooMany, HttpStatusCode.RequestHeaderFieldsTooLarge, "headers-too-large");
    }

    [Theory]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Path_and_query_over_8_KiB_are_414(string method, string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        foreach (int size in new[] { 8, 60 })
        {
            using HttpRequestMessage request = new(
                new HttpMethod(method),
                $"{path}?x={new string('y', size * KiB)}"
            );
            using HttpResponseMessage response = await browser.Send(request);
            await Problem.Is(response, HttpStatusCode.RequestUriTooLong, "url-too-long");
        }
    }

    [Theory]
    [MemberData(nameof(Calls.NeedingASession), MemberType = typeof(Calls))]
    public async Task Call_with_missing_or_malformed_cookies_is_401(string method, string path)
    {
        string[] cookies =
        [
            "",
            "accessToken=; refreshToken=",
            "accessToken=x.y.z; refreshToken=..",
            "accessToken=" + new string('.', 300),
            "accessToken=" + new string('A', 44) + "." + new string('A', 43),
            "=;=;=;;;;accessToken",
            string.Concat(Enumerable.Repeat("accessToken=a; ", 500)),
        ];
        foreach (string cookie in cookies)
        {
            string answer = await RawConnection.Send(
                shared.Node.Url,
                $"{method} {path} HTTP/1.1\r\nHost: {new Uri(shared.Node.Url).Authority}\r\n"
                    + $"Origin: {shared.Node.Url}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
            );
            Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
            Assert.Contains("not-signed-in", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Set-Cookie", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/sessions/a/b")]
    [InlineData("/Test/")]
    [InlineData("/test/..%2f..%2fetc/passwd")]
    [InlineData("/assets/../../Program.cs")]
    [InlineData("/.env")]
    [InlineData("/data/secrets.json")]
    [InlineData("/openapi/v1.yaml")]
    public async Task Unknown_path_is_404_as_JSON_for_programs_and_as_a_page_for_browsers(
        string path
    )
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage program = await browser.Get(path);
        if (program.StatusCode == HttpStatusCode.Unauthorized)
            Assert.Equal("/Test/", path);
        else
            await Problem.Is(program, HttpStatusCode.NotFound, "not-found");

        using HttpRequestMessage request = new(HttpMethod.Get, "/nothing");
        request.Headers.Add("Accept", "text/html,application/xhtml+xml");
        using HttpResponseMessage page = await browser.Send(request);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    [InlineData("%24ne")]
    [InlineData("a.b")]
    [InlineData("..%2f..%2fx")]
    [InlineData("'%20or%20'1'='1")]
    public async Task Unknown_session_id_is_404(string id)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        using HttpResponseMessage response = await browser.Delete($"/sessions/{id}");
        await Problem.Is(response, HttpStatusCode.NotFound, "session-not-found");
    }

    [Theory]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: {0}\r\n\r\n")]
    [InlineData(
        "GET /test HTTP/1.1\r\nHost: {0}\r\nCookie: accessToken=\u00e9\u00ff\r\n\r\n",
        "401"
    )]
    [InlineData("GET /test HTTP/1.1\r\nHost: {0}\r\nHost: {0}\r\n\r\n")]
    [InlineData("GET /test HTTP/9.9\r\nHost: {0}\r\n\r\n", "505")]
    [InlineData("GET /test\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001 not http at all\r\n\r\n")]
    public async Task Invalid_HTTP_or_cookie_is_refused(string request, string status = "400")
    {
        string answer = await RawConnection.Send(
            shared.Node.Url,
            request.Replace("{0}", new Uri(shared.Node.Url).Authority, StringComparison.Ordinal)
        );
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?include=all")]
    [InlineData("?include=")]
    [InlineData("?include=current&include=current")]
    [InlineData("?include=Current")]
    public async Task Unknown_value_of_include_is_refused_and_ends_no_session(string query)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        using HttpResponseMessage response = await browser.Delete($"/sessions{query}");
        await Problem.NamesField(response, "include");
        Assert.True(await browser.IsSignedIn());
    }
}
