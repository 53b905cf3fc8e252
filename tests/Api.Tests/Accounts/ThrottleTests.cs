using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Guesses are held off before a hash is computed; those who are signed in notice nothing.</summary>
public sealed class ThrottleTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.Start();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory(
        DisplayName = "S-27 After ten failures in a row an address has to wait, known or not, twice as long each time"
    )]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_ten_failures_an_address_has_to_wait(bool known)
    {
        string address = People.NewAddress();
        using BrowserClient owner = _node.NewBrowser();
        if (known)
            await owner.Register(address);
        using BrowserClient guesser = _node.NewBrowser();
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await Guess(guesser, address));

        int[] expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900];
        foreach (int seconds in expected)
        {
            using HttpResponseMessage held = await guesser.Login(
                address,
                known ? People.Password : "a guess"
            );
            await Problem.Is(held, HttpStatusCode.TooManyRequests, "too-many-tries");
            Assert.Equal(seconds, held.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            _node.Clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(HttpStatusCode.Unauthorized, await Guess(guesser, address));
        }

        if (known)
        {
            Assert.True(await owner.IsSignedIn());
            _node.Clock.Advance(TimeSpan.FromMinutes(15));
            using HttpResponseMessage right = await guesser.Login(address);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, await Guess(guesser, address));
            Assert.Equal(HttpStatusCode.Unauthorized, await Guess(guesser, address));
        }
    }

    [Fact(
        DisplayName = "S-51 Of five hundred guesses at once few cost a hash, and who is signed in is answered all the while"
    )]
    public async Task Of_five_hundred_guesses_few_cost_a_hash()
    {
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(People.NewAddress());

        Task<HttpStatusCode[]> flood = Task.WhenAll(
            Enumerable
                .Range(0, 500)
                .Select(async _ =>
                {
                    using BrowserClient guesser = _node.NewBrowser();
                    return await Guess(guesser, People.NewAddress());
                })
        );
        int checks = 0;
        while (!flood.IsCompleted)
        {
            Assert.True(await owner.IsSignedIn());
            checks++;
        }

        HttpStatusCode[] answers = await flood;
        int looked = answers.Count(status => status == HttpStatusCode.Unauthorized);
        Assert.InRange(looked, 1, 100);
        Assert.Equal(
            500 - looked,
            answers.Count(status =>
                status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            )
        );
        Assert.True(checks > 10, $"only {checks} checks were answered beside the flood");
    }

    [Fact(
        DisplayName = "S-51 When too many passwords wait to be hashed the rest is 503 with Retry-After, and counts against nobody"
    )]
    public async Task When_too_many_wait_the_rest_is_503()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SIGN_IN_THROTTLE"] = "off",
                ["PASSWORD_HASH_QUEUE_PER_CORE"] = "8",
            }
        );
        using BrowserClient owner = node.NewBrowser();
        await owner.Register(People.NewAddress());

        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 30 * Environment.ProcessorCount)
                .Select(_ => node.NewBrowser().Login(People.NewAddress(), "a guess that waits"))
        );

        HttpResponseMessage busy = answers.First(answer =>
            answer.StatusCode == HttpStatusCode.ServiceUnavailable
        );
        await Problem.Is(busy, HttpStatusCode.ServiceUnavailable, "busy");
        Assert.True(busy.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.True(
            answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized)
                >= 8 * Environment.ProcessorCount
        );
        Assert.True(await owner.IsSignedIn());
    }

    [Fact(DisplayName = "S-51 A body that comes too slowly is given up")]
    public async Task A_body_that_comes_too_slowly_is_given_up()
    {
        string answer = await RawConnection.Send(
            _node.Url,
            $"POST /login HTTP/1.1\r\nHost: {new Uri(_node.Url).Authority}\r\nOrigin: {_node.Url}\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
            TimeSpan.FromSeconds(20)
        );
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("too-slow", answer, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> Guess(BrowserClient guesser, string address)
    {
        using HttpResponseMessage response = await guesser.Login(address, "a wrong guess");
        return response.StatusCode;
    }
}
