using System.Net;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>What answers reveal of internal errors and outages.</summary>
public sealed class FaultTests
{
    [Fact(DisplayName = "S-53 An internal error is a 500 that reveals nothing internal")]
    public async Task Internal_error_reveals_nothing_internal()
    {
        const string Secret = "secret-detail-detail";
        FaultyCalls faults = new() { Only = "ListSessions" };
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());

        faults.Throw = () => new InvalidOperationException(Secret);
        using HttpResponseMessage response = await browser.Get("/sessions");

        await Problem.Is(response, HttpStatusCode.InternalServerError, "internal");
        string body = await response.Content.ReadAsStringAsync();
        foreach (
            string detail in new[] { Secret, "Exception", "SessionAuth.", "Orleans", " at ", ".cs" }
        )
            Assert.DoesNotContain(detail, body, StringComparison.Ordinal);
        string logged = Assert.Single(
            node.Log.Lines,
            line => line.Contains(Secret, StringComparison.Ordinal)
        );
        Assert.Contains("GET /sessions => List answered 500", logged, StringComparison.Ordinal);
    }

    public static TheoryData<string> Outages => ["storage", "timeout", "cluster"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Outage_is_503_with_Retry_After_and_keeps_the_session_and_its_cookies(
        string outage
    )
    {
        FaultyCalls faults = new();
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());

        faults.Throw = () =>
            outage switch
            {
                "storage" => new StorageUnavailableException(),
                "timeout" => new TimeoutException(),
                _ => new Orleans.Runtime.SiloUnavailableException(),
            };
        foreach (
            (string method, string path) in new[]
            {
                ("POST", "/refresh"),
                ("POST", "/logout"),
                ("GET", "/sessions"),
                ("DELETE", "/sessions"),
            }
        )
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path);
            using HttpResponseMessage response = await browser.Send(request);
            await Problem.Is(response, HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }

        Assert.True(await browser.IsSignedIn());
        faults.Throw = null;
        using HttpResponseMessage refreshed = await browser.Post("/refresh");
        Assert.Equal(HttpStatusCode.NoContent, refreshed.StatusCode);
    }

    [Fact]
    public async Task Renewed_session_gets_its_new_cookies_with_a_503_too()
    {
        FaultyCalls faults = new() { Only = "ListSessions" };
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());
        browser.AccessToken = null;

        faults.Throw = () => new StorageUnavailableException();
        using HttpResponseMessage response = await browser.Get("/sessions");

        await Problem.Is(response, HttpStatusCode.ServiceUnavailable, "unavailable");
        SetCookies.BothSet(response);
        browser.RefreshToken = null;
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Session_check_that_fails_is_503_not_401()
    {
        FaultyCalls faults = new() { IncludeSessionChecks = true };
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());

        faults.Throw = () => new StorageUnavailableException();
        using HttpResponseMessage response = await browser.Get("/test");
        await Problem.Is(response, HttpStatusCode.ServiceUnavailable, "unavailable");

        faults.Throw = null;
        Assert.True(await browser.IsSignedIn());
    }
}
