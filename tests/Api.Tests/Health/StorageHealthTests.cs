using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Health;

/// <summary>Whoever asks whether storage takes writes does not make it write as often as they ask.</summary>
public sealed class StorageHealthTests
{
    [Fact(
        DisplayName = "S-51 A thousand who ask at once whether storage takes writes share a write a second"
    )]
    public async Task All_who_ask_share_a_write_a_second()
    {
        CountingProbe probe = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IStorageProbe>(probe)
        );
        using BrowserClient browser = node.NewBrowser();
        DateTimeOffset began = DateTimeOffset.UtcNow;

        await Parallel.ForAsync(
            0,
            1000,
            async (_, _) =>
            {
                using HttpResponseMessage answer = await browser.Get("/healthz/storage");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        );

        int seconds = (int)Math.Ceiling((DateTimeOffset.UtcNow - began).TotalSeconds);
        Assert.InRange(probe.Writes, 1, seconds + 1);
    }

    [Fact(
        DisplayName = "S-51 Through a trusted proxy there is nothing at the address that costs a write"
    )]
    public async Task Through_a_proxy_it_is_not_there()
    {
        CountingProbe probe = new();
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1" },
            configure: services => services.AddSingleton<IStorageProbe>(probe)
        );
        using BrowserClient browser = node.NewBrowser();
        browser.ForwardedFor = "203.0.113.7";

        await browser.Get("/healthz/storage").Refused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, probe.Writes);
        using HttpResponseMessage ready = await browser.Get("/healthz/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        browser.ForwardedFor = null;
        using HttpResponseMessage own = await browser.Get("/healthz/storage");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(1, probe.Writes);
    }

    [Theory(
        DisplayName = "A monitor that takes the headers alone sees that storage takes no writes"
    )]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_monitor_sees_that_storage_takes_no_writes(string method)
    {
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IStorageProbe>(new CountingProbe { Answer = false })
        );
        using BrowserClient browser = node.NewBrowser();

        using HttpResponseMessage answer = await browser.Send(
            new(new HttpMethod(method), "/healthz/storage")
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(method == "HEAD", body.Length == 0);
    }

    /// <summary>Counts how often it is asked, beside the storage's own.</summary>
    private sealed class CountingProbe : IStorageProbe
    {
        private int _writes;

        public bool Answer { get; init; } = true;

        public int Writes => Volatile.Read(ref _writes);

        public Task<bool> CanWriteAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _writes);
            return Task.FromResult(Answer);
        }
    }
}
