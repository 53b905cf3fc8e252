using System.Net;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>What is told when something inside goes wrong.</summary>
public sealed class FaultTests
{
    [Fact(DisplayName = "S-53 A fault inside is a 500 that tells nothing of what is inside")]
    public async Task A_fault_inside_tells_nothing()
    {
        const string Secret = "secret-inner-detail";
        FaultyCalls faults = new() { Only = "ListSessions" };
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());

        faults.Throw = () => new InvalidOperationException(Secret);
        using HttpResponseMessage response = await browser.Get("/sessions");

        await Problem.Is(response, HttpStatusCode.InternalServerError, "internal");
        string body = await response.Content.ReadAsStringAsync();
        foreach (
            string inner in new[] { Secret, "Exception", "SessionAuth.", "Orleans", " at ", ".cs" }
        )
            Assert.DoesNotContain(inner, body, StringComparison.Ordinal);
        string logged = Assert.Single(
            node.Log.Lines,
            line => line.Contains(Secret, StringComparison.Ordinal)
        );
        Assert.Contains("GET /sessions => List answered 500", logged, StringComparison.Ordinal);
    }

    public static TheoryData<string> Outages => ["storage", "timeout", "cluster"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task An_outage_is_503_with_retry_after_signs_nobody_out_and_keeps_the_cookies(
        string outage
    )
    {
        FaultyCalls faults = new();
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());

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
    public async Task A_session_that_was_healed_gets_its_cookies_with_a_503_too()
    {
        FaultyCalls faults = new() { Only = "ListSessions" };
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());
        browser.AccessToken = null;

        faults.Throw = () => new StorageUnavailableException();
        using HttpResponseMessage response = await browser.Get("/sessions");

        await Problem.Is(response, HttpStatusCode.ServiceUnavailable, "unavailable");
        SetCookies.BothAnew(response);
        browser.RefreshToken = null;
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task A_check_that_fails_is_503_and_never_401()
    {
        FaultyCalls faults = new() { ChecksToo = true };
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());

        faults.Throw = () => new StorageUnavailableException();
        using HttpResponseMessage response = await browser.Get("/test");
        await Problem.Is(response, HttpStatusCode.ServiceUnavailable, "unavailable");

        faults.Throw = null;
        Assert.True(await browser.IsSignedIn());
    }
}
