using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>The headers of every answer, successful or not.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class HeaderTests(SharedNode shared)
{
    [Theory(
        DisplayName = "S-01 S-02 Every answer carries the security headers, is not cached and names no version"
    )]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Answer_carries_the_security_headers_and_names_no_version(
        string method,
        string path
    )
    {
        using BrowserClient signedOut = shared.Node.NewBrowser();
        using BrowserClient signedIn = shared.Node.NewBrowser();
        await signedIn.Register(People.NewEmail());
        foreach (BrowserClient browser in new[] { signedOut, signedIn })
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
    public async Task Error_carries_the_security_headers(string method, string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await browser.Send(request);
        Assert.True((int)response.StatusCode >= 400);
        SecurityHeaders.Are(response);
    }

    [Theory(
        DisplayName = "S-02 TRACE and each method that a path does not list is 405, with an Allow header"
    )]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Unlisted_method_is_405_with_Allow(string method, string path)
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
