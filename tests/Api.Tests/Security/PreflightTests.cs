using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>CORS preflight requests, where the API has its own host.</summary>
public sealed class PreflightTests(PreflightTests.TwoHosts hosts)
    : IClassFixture<PreflightTests.TwoHosts>
{
    [Theory(DisplayName = "S-45 The pages may use each method that some call has, and no other")]
    [InlineData("GET", true)]
    [InlineData("POST", true)]
    [InlineData("PATCH", true)]
    [InlineData("DELETE", true)]
    [InlineData("TRACE", false)]
    public async Task Preflight_allows_the_methods_of_the_API_only(string method, bool isAllowed)
    {
        using BrowserClient browser = hosts.Node.NewBrowser();
        browser.Host = "api.nodeauth.test";
        using HttpRequestMessage request = new(HttpMethod.Options, "/login");
        request.Headers.Add("Origin", "https://nodeauth.test");
        request.Headers.Add("Access-Control-Request-Method", method);
        browser.Origin = null;

        using HttpResponseMessage preflight = await browser.Send(request);

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        string[] methods =
        [
            .. preflight
                .Headers.GetValues("Access-Control-Allow-Methods")
                .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)),
        ];
        Assert.Equal(isAllowed, methods.Contains(method));
    }

    public sealed class TwoHosts : IAsyncLifetime
    {
        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Node = await RunningNode.Start(
                new Dictionary<string, string>
                {
                    ["PUBLIC_URL"] = "https://nodeauth.test",
                    ["API_URL"] = "https://api.nodeauth.test",
                }
            );

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }
}
