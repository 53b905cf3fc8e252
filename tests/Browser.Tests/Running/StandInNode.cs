using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>
/// Behaves like a node towards Caddy: it reports whether it is ready, and drains before it stops. It can also break its
/// connections.
/// </summary>
internal sealed class StandInNode : IAsyncDisposable
{
    private static readonly TimeSpan NoticedWithin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, int> _arrived = new();
    private WebApplication? _app;
    private volatile bool _ready = true;
    private int _refusals;

    public int Port { get; } = FreePort.Next();

    /// <summary>Whether it breaks the connection instead of answering.</summary>
    public bool Breaks { get; set; }

    public static async Task<StandInNode> Start()
    {
        StandInNode node = new();
        await node.Run();
        return node;
    }

    /// <summary>How many requests with this method arrived.</summary>
    public int Arrived(string method) => _arrived.GetValueOrDefault(method);

    public int Arrived() => _arrived.Values.Sum();

    public async Task Run()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://localhost:{Port}");
        _app = builder.Build();
        _app.MapGet("/healthz/ready", Readiness);
        _app.MapFallback((Delegate)Answer);
        _ready = true;
        await _app.StartAsync();
    }

    /// <summary>Reports that it is not ready, and waits until Caddy has noticed.</summary>
    public async Task BecomeUnready()
    {
        _refusals = 0;
        _ready = false;
        // By its second check Caddy has handled the answer to the first.
        await Eventually.Holds(
            NoticedWithin,
            () => Task.FromResult(Volatile.Read(ref _refusals) >= 2)
        );
    }

    public async Task Stop()
    {
        await BecomeUnready();
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Stops at once, without draining.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.Zero);
        await _app!.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private IResult Readiness()
    {
        if (_ready)
            return Results.Ok();

        Interlocked.Increment(ref _refusals);
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<IResult> Answer(HttpContext context)
    {
        _arrived.AddOrUpdate(context.Request.Method, 1, (_, before) => before + 1);
        using StreamReader body = new(context.Request.Body);
        string sent = await body.ReadToEndAsync();
        if (Breaks)
            context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        return Results.Text(sent);
    }
}
