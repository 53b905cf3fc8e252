using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Cookies;

/// <summary>Cookie names that resemble the real ones, on https, where browsers guarantee what the prefix says.</summary>
public sealed class CookieNameTests(CookieNameTests.HttpsNode https)
    : IClassFixture<CookieNameTests.HttpsNode>
{
    [Theory(
        DisplayName = "S-12 On https a cookie under a percent-encoded name or without its prefix is ignored"
    )]
    [InlineData("__%48ost-accessToken={0}")]
    [InlineData("%5F%5FHost-accessToken={0}")]
    [InlineData("__Host-access%54oken={0}")]
    [InlineData("accessToken={0}")]
    [InlineData("__Secure-accessToken={0}")]
    [InlineData("__host-accessToken={0}")]
    [InlineData("__Host-accessToken={0}; __Host-accessToken={0}")]
    [InlineData("__Host-accessToken={0}\r\nCookie: __Host-accessToken={0}")]
    [InlineData("__Host-accessToken={0}\r\nCookie: a=b; __Host-accessToken=")]
    public async Task Cookie_under_a_similar_name_is_ignored(string cookies)
    {
        using BrowserClient browser = https.Node.NewBrowser();
        browser.Host = "api.nodeauth.test";
        browser.Origin = "https://nodeauth.test";
        using HttpResponseMessage registered = await browser.Register(People.NewEmail());
        registered.EnsureSuccessStatusCode();
        string access = browser.Cookies["__Host-accessToken"];

        Assert.Contains("200 OK", await Test("__Host-accessToken={0}"), StringComparison.Ordinal);
        Assert.Contains(
            "200 OK",
            await Test("a=b\r\nCookie: __Host-accessToken={0}"),
            StringComparison.Ordinal
        );
        Assert.Contains("401 Unauthorized", await Test(cookies), StringComparison.Ordinal);

        Task<string> Test(string header) =>
            RawConnection.Send(
                https.Node.Url,
                "GET /test HTTP/1.1\r\nHost: api.nodeauth.test\r\nConnection: close\r\nCookie: "
                    + $"{header.Replace("{0}", access, StringComparison.Ordinal)}\r\n\r\n"
            );
    }

    public sealed class HttpsNode : IAsyncLifetime
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
