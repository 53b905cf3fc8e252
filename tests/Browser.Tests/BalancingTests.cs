using System.Diagnostics;
using System.Net;
using SessionAuth.Browser.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests;

/// <summary>
/// How the Caddyfile balances nodes that start, stop and fail. The nodes are stand-ins: the behaviour of real ones is
/// tested with the cluster.
/// </summary>
[Collection(Name)]
public sealed class BalancingTests : IAsyncLifetime
{
    public const string Name = "balancing";

    private const int Clients = 8;
    private const string Body = "{\"email\":\"ada@example.org\"}";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private StandInNode _one = null!;
    private StandInNode _other = null!;
    private CaddyProcess _caddy = null!;

    public async Task InitializeAsync()
    {
        _one = await StandInNode.Start();
        _other = await StandInNode.Start();
        _caddy = await CaddyProcess.Start([$"localhost:{_one.Port}", $"localhost:{_other.Port}"]);
    }

    [Fact]
    public async Task Rolling_restart_under_load_fails_no_request()
    {
        using CancellationTokenSource enough = new();
        Task<List<HttpStatusCode>>[] load =
        [
            .. Enumerable.Range(0, Clients).Select(i => Load(i % 2 == 0, enough.Token)),
        ];

        foreach (StandInNode node in new[] { _one, _other })
        {
            await ServesAgain(node);
            await node.Stop();
            await node.Run();
            await ServesAgain(node);
        }

        await enough.CancelAsync();
        HttpStatusCode[] answers = [.. (await Task.WhenAll(load)).SelectMany(each => each)];
        Assert.True(answers.Length > 1000, $"Only {answers.Length} requests were made.");
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(answers.Length, _one.Arrived() + _other.Arrived());
    }

    [Fact]
    public async Task GET_whose_connection_broke_is_retried_at_another_node()
    {
        _one.Breaks = true;
        using HttpClient http = _caddy.NewClient();
        for (int i = 0; i < 10; i++)
        {
            using HttpResponseMessage answer = await http.GetAsync(CaddyProcess.Api + "/test");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.NotEqual(0, _one.Arrived());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Change_that_may_have_arrived_is_never_sent_twice(string method)
    {
        _one.Breaks = true;
        _other.Breaks = true;
        using HttpClient http = _caddy.NewClient();
        for (int sent = 1; sent <= 10; sent++)
        {
            using HttpRequestMessage change = new(new(method), CaddyProcess.Api + "/sessions");
            using HttpResponseMessage answer = await http.SendAsync(change);
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
            Assert.Equal(sent, _one.Arrived(method) + _other.Arrived(method));
        }
    }

    [Fact]
    public async Task Requests_whose_connection_breaks_do_not_take_a_node_out_of_service()
    {
        _one.Breaks = true;
        _other.Breaks = true;
        using HttpClient http = _caddy.NewClient();
        for (int i = 0; i < 10; i++)
            await Post(http);
        _one.Breaks = false;
        _other.Breaks = false;

        Stopwatch since = Stopwatch.StartNew();
        using HttpResponseMessage answer = await http.GetAsync(CaddyProcess.Api + "/test");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"It took {since.Elapsed}.");
    }

    [Fact]
    public async Task Requests_are_still_sent_when_all_nodes_are_unready()
    {
        await Task.WhenAll(_one.BecomeUnready(), _other.BecomeUnready());

        using HttpClient http = _caddy.NewClient();
        using HttpResponseMessage answer = await http.GetAsync(CaddyProcess.Api + "/test");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Post(http));
    }

    [Fact]
    public async Task GET_waits_for_nodes_that_are_starting()
    {
        await Task.WhenAll(_one.Stop(), _other.Stop());
        using HttpClient http = _caddy.NewClient();

        Task<HttpResponseMessage> question = http.GetAsync(CaddyProcess.Api + "/test");
        await _one.Run();
        await _other.Run();

        using HttpResponseMessage answer = await question;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task DisposeAsync()
    {
        await _caddy.DisposeAsync();
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    // A browser with one connection and one request at a time.
    private async Task<List<HttpStatusCode>> Load(bool changes, CancellationToken enough)
    {
        using HttpClient http = _caddy.NewClient();
        List<HttpStatusCode> answers = [];
        while (!enough.IsCancellationRequested)
        {
            if (changes)
            {
                answers.Add(await Post(http));
                continue;
            }

            using HttpResponseMessage answer = await http.GetAsync(
                CaddyProcess.Api + "/test",
                CancellationToken.None
            );
            answers.Add(answer.StatusCode);
        }

        return answers;
    }

    private static async Task<HttpStatusCode> Post(HttpClient http)
    {
        using StringContent body = new(Body);
        using HttpResponseMessage answer = await http.PostAsync(CaddyProcess.Api + "/login", body);
        return answer.StatusCode;
    }

    private static async Task ServesAgain(StandInNode node)
    {
        int before = node.Arrived();
        await Eventually.Holds(Soon, () => Task.FromResult(node.Arrived() > before));
    }
}

// This load would delay tests that measure times.
[CollectionDefinition(BalancingTests.Name, DisableParallelization = true)]
public sealed class BalancingSuite;
