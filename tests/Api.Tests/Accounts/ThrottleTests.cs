using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Attempts are throttled before a hash is computed, and live sessions are not affected.</summary>
public sealed class ThrottleTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.Start(realHashes: true);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory(
        DisplayName = "S-27 After ten failures an email is throttled, known or not, with a delay that doubles each time"
    )]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_ten_failures_an_email_is_throttled_with_growing_delays(bool known)
    {
        string email = People.NewEmail();
        using BrowserClient owner = _node.NewBrowser();
        if (known)
            await owner.Register(email);
        using BrowserClient attacker = _node.NewBrowser();
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await Attempt(attacker, email));

        int[] expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900];
        foreach (int seconds in expected)
        {
            using HttpResponseMessage throttled = await attacker.Login(
                email,
                known ? People.Password : "a wrong password"
            );
            await Problem.Is(throttled, HttpStatusCode.TooManyRequests, "too-many-tries");
            Assert.Equal(seconds, throttled.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            _node.Clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(HttpStatusCode.Unauthorized, await Attempt(attacker, email));
        }

        if (known)
        {
            Assert.True(await owner.IsSignedIn());
            _node.Clock.Advance(TimeSpan.FromMinutes(15));
            using HttpResponseMessage right = await attacker.Login(email);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, await Attempt(attacker, email));
            Assert.Equal(HttpStatusCode.Unauthorized, await Attempt(attacker, email));
        }
    }

    [Fact(
        DisplayName = "S-51 Of five hundred parallel attempts few cost a hash, and live sessions are checked throughout"
    )]
    public async Task Few_of_five_hundred_parallel_attempts_cost_a_hash()
    {
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(People.NewEmail());

        Task<HttpStatusCode[]> flood = Task.WhenAll(
            Enumerable
                .Range(0, 500)
                .Select(async _ =>
                {
                    using BrowserClient attacker = _node.NewBrowser();
                    return await Attempt(attacker, People.NewEmail());
                })
        );
        int checks = 0;
        while (!flood.IsCompleted)
        {
            Assert.True(await owner.IsSignedIn());
            checks++;
        }

        HttpStatusCode[] answers = await flood;
        int evaluated = answers.Count(status => status == HttpStatusCode.Unauthorized);
        Assert.InRange(evaluated, 1, 100);
        Assert.Equal(
            500 - evaluated,
            answers.Count(status =>
                status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            )
        );
        Assert.True(checks > 10, $"only {checks} checks were answered during the flood");
    }

    [Fact(
        DisplayName = "S-51 When the hash queue is full, further passwords are 503 with Retry-After and do not count as failures"
    )]
    public async Task Passwords_beyond_the_hash_queue_are_503_and_do_not_count()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SIGN_IN_THROTTLE"] = "off",
                ["PASSWORD_HASH_QUEUE_PER_CORE"] = "8",
            },
            realHashes: true
        );
        using BrowserClient owner = node.NewBrowser();
        await owner.Register(People.NewEmail());

        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 30 * Environment.ProcessorCount)
                .Select(_ => node.NewBrowser().Login(People.NewEmail(), "a wrong password"))
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

    [Fact(DisplayName = "S-51 A body that is sent too slowly is aborted")]
    public async Task Body_that_is_sent_too_slowly_is_aborted()
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

    private static async Task<HttpStatusCode> Attempt(BrowserClient attacker, string email)
    {
        using HttpResponseMessage response = await attacker.Login(email, "a wrong password");
        return response.StatusCode;
    }
}
