using System.Net;
using System.Net.Http.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Failed attempts from one network for many accounts.</summary>
public sealed class NetworkThrottleTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SIGN_IN_FAILURES_PER_NETWORK"] = "5",
                ["TRUSTED_PROXIES"] = "127.0.0.1",
            }
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Network_with_too_many_failures_is_throttled_for_every_email()
    {
        string email = People.NewEmail();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(email);
        for (int i = 0; i < 5; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await Attempt($"192.0.2.{i}", People.NewEmail())
            );

        Assert.Equal(HttpStatusCode.TooManyRequests, await Attempt("192.0.2.77", email));
        Assert.Equal(HttpStatusCode.OK, await Attempt("192.0.3.77", email, People.Password));
        Assert.True(await owner.IsSignedIn());
        _node.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, await Attempt("192.0.2.77", email, People.Password));
    }

    [Fact]
    public async Task Throttled_and_invalid_attempts_do_not_count_as_failures()
    {
        string email = People.NewEmail();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(email);
        for (int i = 0; i < 10; i++)
            await Attempt($"198.51.{i}.1", email);

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, await Attempt("203.0.113.1", email));
            Assert.Equal(HttpStatusCode.BadRequest, await Attempt("203.0.113.1", null));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await Attempt("203.0.113.1", People.NewEmail()));
    }

    [Fact]
    public async Task Failures_on_a_known_device_throttle_its_network_but_not_the_device()
    {
        string email = People.NewEmail();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(email);
        for (int i = 0; i < 5; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await Attempt("198.51.100.1", email, browser: owner)
            );

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await Attempt("198.51.100.2", People.NewEmail())
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await Attempt("198.51.100.1", email, People.Password, owner)
        );
    }

    private async Task<HttpStatusCode> Attempt(
        string from,
        string? email,
        string password = "a wrong password",
        BrowserClient? browser = null
    )
    {
        using BrowserClient? newDevice = browser is null ? _node.NewBrowser() : null;
        using HttpRequestMessage request = new(HttpMethod.Post, "/login")
        {
            Content = JsonContent.Create(new { email, password }),
        };
        request.Headers.Add("X-Forwarded-For", from);
        using HttpResponseMessage response = await (browser ?? newDevice!).Send(request);
        return response.StatusCode;
    }
}
