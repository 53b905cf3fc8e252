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
            SecurityHeaders.Are(response);
            if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.Accepted))
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
        SecurityHeaders.Are(response);
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
            if (other == "HEAD")
                Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
            else
                await Problem.Is(response, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
            Assert.Contains(method, response.Content.Headers.Allow);
        }
    }
}
