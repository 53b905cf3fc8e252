using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>What every answer carries, good or bad.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class HeaderTests(SharedNode shared)
{
    [Theory(
        DisplayName = "S-01 S-02 Every answer carries the security headers, is kept by nobody, and tells no version"
    )]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Every_answer_carries_the_headers(string method, string path)
    {
        using BrowserClient stranger = shared.Node.NewBrowser();
        using BrowserClient person = shared.Node.NewBrowser();
        await person.Register(People.NewAddress());
        foreach (BrowserClient browser in new[] { stranger, person })
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path);
            using HttpResponseMessage response = await browser.Send(
                request,
                completion: HttpCompletionOption.ResponseHeadersRead
            );
            AssertHeaders(response);
            if (response.StatusCode != HttpStatusCode.NoContent)
                Assert.Contains(
                    response.Content.Headers.ContentType?.ToString(),
                    (string[])
                        [
                            "application/json; charset=utf-8",
                            "application/json;charset=utf-8",
                            "application/problem+json",
                            "text/event-stream",
                            "text/plain; charset=utf-8",
                        ]
                );
        }
    }

    [Theory(DisplayName = "S-01 Errors carry the security headers too")]
    [InlineData("GET", "/nothing")]
    [InlineData("PUT", "/login")]
    [InlineData("GET", "/openapi/v2.json")]
    [InlineData("GET", "/assets/none/app.js")]
    [InlineData("DELETE", "/")]
    public async Task Errors_carry_the_headers_too(string method, string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await browser.Send(request);
        Assert.True((int)response.StatusCode >= 400);
        AssertHeaders(response);
    }

    [Theory(
        DisplayName = "S-02 TRACE and every method that a path does not list is 405, with those that it does"
    )]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Every_method_that_a_path_does_not_list_is_405(string method, string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        foreach (string other in new[] { "TRACE", "PUT", "PATCH", "CONNECTED", "HEAD" })
        {
            using HttpRequestMessage request = new(new HttpMethod(other), path);
            using HttpResponseMessage response = await browser.Send(request);
            if (other == "HEAD" && response.IsSuccessStatusCode)
                continue;
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
            Assert.Contains(method, response.Content.Headers.Allow);
        }
    }

    private static void AssertHeaders(HttpResponseMessage response)
    {
        string policy = Header(response, "Content-Security-Policy");
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Contains("no-store", Header(response, "Cache-Control"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("X-Powered-By"));
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values)
            ? string.Join(", ", values)
            : "";
}
