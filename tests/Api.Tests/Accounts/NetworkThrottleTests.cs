using System.Net;
using System.Net.Http.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Guesses from one network, spread over many addresses.</summary>
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
    public async Task A_network_that_failed_too_often_has_to_wait_whatever_address_it_tries()
    {
        string address = People.NewAddress();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(address);
        for (int i = 0; i < 5; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await Guess($"192.0.2.{i}", People.NewAddress())
            );

        Assert.Equal(HttpStatusCode.TooManyRequests, await Guess("192.0.2.77", address));
        Assert.Equal(HttpStatusCode.OK, await Guess("192.0.3.77", address, People.Password));
        Assert.True(await owner.IsSignedIn());
        _node.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, await Guess("192.0.2.77", address, People.Password));
    }

    [Fact]
    public async Task Tries_that_were_held_off_or_not_understood_count_for_nobody()
    {
        string address = People.NewAddress();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(address);
        for (int i = 0; i < 10; i++)
            await Guess($"198.51.{i}.1", address);

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, await Guess("203.0.113.1", address));
            Assert.Equal(HttpStatusCode.BadRequest, await Guess("203.0.113.1", null));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await Guess("203.0.113.1", People.NewAddress()));
    }

    [Fact]
    public async Task What_fails_on_a_known_device_counts_at_its_network_which_holds_only_others_off()
    {
        string address = People.NewAddress();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(address);
        for (int i = 0; i < 5; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await Guess("198.51.100.1", address, browser: owner)
            );

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await Guess("198.51.100.2", People.NewAddress())
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await Guess("198.51.100.1", address, People.Password, owner)
        );
    }

    private async Task<HttpStatusCode> Guess(
        string from,
        string? email,
        string password = "a wrong guess",
        BrowserClient? browser = null
    )
    {
        using BrowserClient? stranger = browser is null ? _node.NewBrowser() : null;
        using HttpRequestMessage request = new(HttpMethod.Post, "/login")
        {
            Content = JsonContent.Create(new { email, password }),
        };
        request.Headers.Add("X-Forwarded-For", from);
        using HttpResponseMessage response = await (browser ?? stranger!).Send(request);
        return response.StatusCode;
    }
}
